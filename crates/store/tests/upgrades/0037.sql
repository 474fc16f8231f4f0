insert into transactions (
    user_guid, guid, account_guid, member_guid, amount, transaction_type, status, date, description, category_guid, flags,
    feed_description, described_by, categorized_by, revision, created_at, updated_at
) values (
    'USR-11111111-0000-4000-8000-000000000001', 'TRN-11111111-0000-4000-8000-000000000009',
    'ACT-55555555-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001', 1, 2, 1, 20501, 'Tea',
    'CAT-99999999-0000-4000-8000-000000000001', 0, 'TEA', 'cleansed', 'wording', 1, 1772000000000002, 1772000000000002
);
