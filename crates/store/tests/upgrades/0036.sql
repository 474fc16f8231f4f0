update page_sessions set member_guid = 'MBR-22222222-0000-4000-8000-000000000001'
where guid = 'ANS-11111111-0000-4000-8000-000000000001';

insert into page_clients (hash, client_guid, expires_at)
select {hex d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1}, guid, 1772000600000000 from clients
where client_id = 'acme';
