insert into job_steps (user_guid, job_guid, number, kind, began_at, took, ending, status) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000001', 1, 1, 1772000000000000,
    1500000, 4, 2
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000001', 9223372036854775806, 6,
    253402207200000000, null, 6, null
);
insert into member_requests (user_guid, member_guid, at, operation, status, requests, longest)
select user_guid, guid, 1772000000000000, 'GET /members/{member_guid}', 200, 9223372036854775806, 0 from members
where guid = 'MBR-22222222-0000-4000-8000-000000000001';
