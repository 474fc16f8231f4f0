insert into deletions (user_guid, member_guid, is_told, at) values
('USR-11111111-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001', true, 1772000000000000);
