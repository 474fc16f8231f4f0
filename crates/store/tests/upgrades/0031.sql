insert into spending_plans (user_guid, guid, current_iteration_number, next_turn_at, created_at, updated_at) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'SPL-aaaaaaaa-0000-4000-8000-000000000001', 9223372036854775806,
    1772323200000000, -1, 253402207200000000
);
insert into spending_plan_iterations
    (user_guid, guid, spending_plan_guid, iteration_number, start_on, end_on, created_at, updated_at)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'SPI-aaaaaaaa-0000-4000-8000-000000000001',
    'SPL-aaaaaaaa-0000-4000-8000-000000000001', 9223372036854775806, -1, 20512, 1772000000000000, 1772000000000001
);
insert into spending_plan_items
    (user_guid, guid, number, spending_plan_iteration_guid, item_type, planned_amount, category_guid,
    top_level_category_guid, scheduled_payment_guid, created_at, updated_at)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'SII-aaaaaaaa-0000-4000-8000-000000000001', 41,
    'SPI-aaaaaaaa-0000-4000-8000-000000000001', null, 9999999999999999, null, null, null, 1772000000000000, 1772000000000001
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'SII-aaaaaaaa-0000-4000-8000-000000000002', 9223372036854775803,
    'SPI-aaaaaaaa-0000-4000-8000-000000000001', 3, 0, 'CAT-aaaaaaaa-0000-4000-8000-000000000001',
    'CAT-bd56d35a-a9a7-6e10-66c1-5b9cc1b6c81a', 'SCH-aaaaaaaa-0000-4000-8000-000000000001', -1, 253402207200000000
);
insert into spending_plan_accounts (user_guid, guid, spending_plan_guid, account_guid, created_at, updated_at) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'SPA-aaaaaaaa-0000-4000-8000-000000000001',
    'SPL-aaaaaaaa-0000-4000-8000-000000000001', 'ACT-55555555-0000-4000-8000-000000000001', 1772000000000000, 1772000000000001
);
