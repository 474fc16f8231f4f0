insert into merchants (guid, entry, created_at, updated_at) values
(
    'MCH-5f1c4f0e-0000-8000-8000-000000000001', '[Groceries]
Zoë''s Mill | = ZOES MILL | zoes.example
@ | Provo | UT
', 1772000000000000, 1772000000000001
),
('MCH-5f1c4f0e-0000-8000-8000-000000000002', '', -1, 253402207200000000);

update transactions set merchant_guid = 'MCH-none', merchant_location_guid = '', is_recurring = true, matched_by = 'same id'
where guid = 'TRN-66666666-0000-4000-8000-000000000001';
