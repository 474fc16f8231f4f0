insert into client_origins (
    client_guid, origin, created_at
) values
(
    'CLT-00000000-0000-4000-8000-000000000001', 'https://acme.example:8443', 1772000000000000
),
(
    'CLT-00000000-0000-4000-8000-000000000002', '', -1
);

insert into page_addresses (
    hash, user_guid, options, expires_at
) values
(
    {hex c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1},
    'USR-11111111-0000-4000-8000-000000000001', '{"mode":"aggregation"}', 1772000600000000
);

insert into page_sessions (
    hash, user_guid, guid, options, shown_by, created_at, used_at
) values
(
    {hex c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2},
    'USR-11111111-0000-4000-8000-000000000001', 'ANS-11111111-0000-4000-8000-000000000001', '{}',
    'https://acme.example:8443', 1772000000000000, 1772000060000000
),
(
    {hex c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3},
    'USR-11111111-0000-4000-8000-000000000002', '', '', null, 0, -1
);
