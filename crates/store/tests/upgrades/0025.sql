update clients set time_zone = 'America/Denver' where client_id = 'acme';
update users set time_zone = '' where guid = 'USR-11111111-0000-4000-8000-000000000001';
