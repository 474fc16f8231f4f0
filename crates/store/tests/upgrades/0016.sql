insert into holdings (
    user_guid, guid, account_guid, member_guid, number, feed_id, feed, given, metadata, cost_basis_updated_at, revision,
    created_at, updated_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'HOL-dddddddd-0000-4000-8000-000000000001',
    'ACT-55555555-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001', 3, 'position/''1''',
    '{"id":"position/''1''","description":"Zoë Fund"}', '{"cost_basis":12.5}', '{}', 1772000000000000, 2,
    1772000000000000, 1772000000000001
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'HOL-dddddddd-0000-4000-8000-000000000002',
    'ACT-55555555-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001', 9223372036854775806, '',
    '{"id":"","description":""}', '{}', null, null, 9223372036854775806, -1, 253402207200000000
);
