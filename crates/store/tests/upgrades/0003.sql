insert into faults (
    number, institution_guid, user_guid, member_guid, call, effect, remaining, chance, struck, created_at
) values
(
    1, 'INS-1572a04c-912b-59bf-5841-332c7dfafaef', null, null, null, '{"kind":"STATUS","status":503}', 2, 1000000, 0,
    1772000000000000
),
(
    9223372036854775806, 'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 'USR-11111111-0000-4000-8000-000000000001',
    'MBR-22222222-0000-4000-8000-000000000001', 'FETCH', '{"kind":"LATENCY","milliseconds":60000}', null, 1, 7,
    1772000000000001
);

insert into fault_strikes (
    user_guid, job_guid, fault_number
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000001', 1
);
