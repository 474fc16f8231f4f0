insert into categories (
    user_guid, guid, number, name, parent_guid, metadata, revision, created_at, updated_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'CAT-99999999-0000-4000-8000-000000000001', 3, 'Zoë''s lessons',
    'CAT-bf5c9cca-c96b-b50d-440d-38d9adfda5b0', '{"of":"us"}', 1, 1772000000000000, 1772000000000000
),
(
    'USR-11111111-0000-4000-8000-000000000002', 'CAT-99999999-0000-4000-8000-000000000002', 9223372036854775806, '',
    '', null, 9223372036854775806, -1, 253402207200000000
);
