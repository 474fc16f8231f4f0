insert into insights
    (user_guid, guid, template, digest, title, description, call_to_action, has_been_displayed, displayed_at, is_dismissed,
    is_relevant, relevant_through, primary_account_guid, primary_transaction_guid, revision, created_at, updated_at)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'BET-aaaaaaaa-0000-4000-8000-000000000001', 'FeeDetected', {hex d7d7},
    'Fee charged', 'Zoë''s Bank charged a fee of $5.00.', 'View transaction', true, 1772000000000000, false, false, 20500,
    'ACT-66666666-0000-4000-8000-000000000001', 'TRN-1', 2, 1772000000000000, 1772000000000001
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'BET-aaaaaaaa-0000-4000-8000-000000000002', '', {hex 00}, '', '', '', false,
    null, true, true, null, null, null, 9223372036854775806, -1, 253402207200000000
);
insert into insight_links (user_guid, insight_guid, kind, position, object_guid) values
('USR-11111111-0000-4000-8000-000000000001', 'BET-aaaaaaaa-0000-4000-8000-000000000001', 4, 1, 'TRN-1'),
('USR-11111111-0000-4000-8000-000000000001', 'BET-aaaaaaaa-0000-4000-8000-000000000001', 0, 9223372036854775806, '');
update transaction_revisions set looked_at_revision = revision - 1, changed_at = revision;
insert into insight_looks (user_guid, morning_at, lease_until) values
('USR-11111111-0000-4000-8000-000000000001', null, 9223372036854775806),
('USR-11111111-0000-4000-8000-000000000002', 1772000000000000, 0);
