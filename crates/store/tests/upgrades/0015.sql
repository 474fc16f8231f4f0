insert into transaction_rules (
    user_guid, guid, number, match_description, description, category_guid, applied_through, examined, changed,
    revision, created_at, updated_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'TXR-cccccccc-0000-4000-8000-000000000001', 6, 'Café ''Zoë''', 'Coffee',
    'CAT-99999999-0000-4000-8000-000000000001', 'TRN-66666666-0000-4000-8000-000000000001', 1, 0, 1, 1772000000000000,
    1772000000000001
),
(
    'USR-11111111-0000-4000-8000-000000000002', 'TXR-cccccccc-0000-4000-8000-000000000002', 9223372036854775806, '', null,
    '', null, 9223372036854775806, 0, 9223372036854775806, -1, 253402207200000000
);

update transactions set transaction_rule_guid = 'TXR-cccccccc-0000-4000-8000-000000000001'
where guid = 'TRN-66666666-0000-4000-8000-000000000001';
