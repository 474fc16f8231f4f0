insert into client_features (client_guid, feature, is_on, updated_at)
select guid, 'verification', false, 1772000000000000 from clients;

insert into account_owners (user_guid, guid, member_guid, account_guid, position, told, created_at) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'ACO-12121212-0000-4000-8000-000000000001',
    'MBR-22222222-0000-4000-8000-000000000001', 'ACT-55555555-0000-4000-8000-000000000001', 1,
    '{"owner_name":"Zoë O''Brien"}', 1772000000000000
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'ACO-12121212-0000-4000-8000-000000000002',
    'MBR-22222222-0000-4000-8000-000000000001', 'ACT-55555555-0000-4000-8000-000000000001', 2,
    '{}', 1772000000000000
);

insert into account_numbers (user_guid, guid, member_guid, account_guid, position, told, created_at) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'ACN-12121212-0000-4000-8000-000000000001',
    'MBR-22222222-0000-4000-8000-000000000001', 'ACT-55555555-0000-4000-8000-000000000001', 1,
    {hex d6d6}, 1772000000000000
);
