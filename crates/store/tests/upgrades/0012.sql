insert into micro_deposits (
    user_guid, guid, number, status, email, first_name, last_name, account_name, account_number, routing_number,
    account_type, institution_name, amount_1, amount_2, wrong_tries, error_code, error_message, due_at, revision,
    created_at, updated_at, verified_at, deleted_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'MIC-77777777-0000-4000-8000-000000000001', 7, 3, 'zoë@example.com',
    'Zoë', 'O''Brien', 'Everyday', '333312345', '091000019', 1, 'MX Bank', 900, 1300, 2, null, null, null, 4,
    1772000000000000, 1772000000000003, 1772000000000003, null
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'MIC-77777777-0000-4000-8000-000000000002', 8, 9, 'a@b.cd', 'A', 'B',
    null, null, null, null, null, null, null, 0, null, null, null, 1, 1772000000000000, 1772000000000000, null,
    1772000000000001
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'MIC-77777777-0000-4000-8000-000000000003', 9, 4, 'a@b.cd', 'A', 'B',
    null, '44441', '122105155', 2, null, 100, 9900, 0, 'R03', 'There is no such account.', 1773814400000000, 3,
    1772000000000000, 1772000000000000, null, null
);
