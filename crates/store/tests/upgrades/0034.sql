insert into member_history (user_guid, member_guid, at, was, became, asked)
select user_guid, guid, 1772000000000000, 6, 2, null from members
where guid = 'MBR-22222222-0000-4000-8000-000000000001';
insert into member_history (user_guid, member_guid, at, was, became, asked)
select user_guid, guid, 253402207200000000, null, null, 'What is your dog''s name?' from members
where guid = 'MBR-22222222-0000-4000-8000-000000000001';
insert into stopped_institutions (institution_guid, at) select min(guid), 1772000000000000 from institutions;
update clients set key_made_at = 1772000000000000 where client_id = 'acme';
