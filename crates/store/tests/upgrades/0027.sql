insert into scheduled_payments
    (user_guid, guid, amount, description, occurs_on, transaction_type, is_completed, is_recurring, merchant_guid,
    recurrence_type, recurrence_day, is_predicted, created_at, updated_at)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'SCH-aaaaaaaa-0000-4000-8000-000000000001', 456300, 'Power bill', 20603,
    2, false, null, null, null, null, false, 1772000000000000, 1772000000000001
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'SCH-aaaaaaaa-0000-4000-8000-000000000002', 0,
    'Zoë''s', -1, 1, false, true, 'MCH-aaaaaaaa-0000-4000-8000-000000000001', 3, 31, true, -1, 253402207200000000
);
insert into dismissed_predictions (user_guid, merchant_guid) values
('USR-11111111-0000-4000-8000-000000000001', 'MCH-aaaaaaaa-0000-4000-8000-000000000002');
