insert into raw_answers
    (user_guid, job_guid, member_guid, kind, include_holdings, attempt, fetched_at, size, answer)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000001',
    'MBR-22222222-0000-4000-8000-000000000001', 0, true, 1, 1772000000000000, 9223372036854775807, {hex d7d7}
);
