insert into goals
    (user_guid, guid, account_guid, amount, goal_type, meta_type, track_type, name, metadata, position, has_been_spent,
    completed_at, revision, created_at, updated_at)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'GOL-aaaaaaaa-0000-4000-8000-000000000001',
    'ACT-aaaaaaaa-0000-4000-8000-000000000001', 45000000, 0, 10, null, 'Save for Europe.', null, 1, false, null, 1,
    1772000000000000, 1772000000000001
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'GOL-aaaaaaaa-0000-4000-8000-000000000002', 'ACT-gone', 0, 1, 0, 3,
    'Zoë''s', '', 2, true, -1, 9223372036854775806, -1, 253402207200000000
);
