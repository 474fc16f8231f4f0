insert into notifications
    (user_guid, guid, number, notification_type, subject, entity_guid, deep_link_guid, threshold, fact,
     has_been_viewed, created_on, created_at)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'NTF-aaaaaaaa-0000-4000-8000-000000000001', 1, 11, '', null, null, null,
    null, false, 20514, 1772000000000000
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'NTF-aaaaaaaa-0000-4000-8000-000000000002', 9223372036854775807, 2,
    'Zoë''s', 'BGT-aaaaaaaa-0000-4000-8000-000000000001', 'BGT-aaaaaaaa-0000-4000-8000-000000000001',
    -1, 'budget_off_target/2026-04', true, -1, 253402207200000000
);
insert into deliverables
    (user_guid, guid, notification_guid, channel, content, state, attempts, due_at, lease_until, failure,
     delivered_at, delivered_on, created_at)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'DNF-aaaaaaaa-0000-4000-8000-000000000001',
    'NTF-aaaaaaaa-0000-4000-8000-000000000001', 3, '', 'READY', 0, 1772000000000000, null, null, null, null, 1772000000000000
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'DNF-aaaaaaaa-0000-4000-8000-000000000002',
    'NTF-aaaaaaaa-0000-4000-8000-000000000002', 1, '<p>Zoë''s</p>', 'FAILED', 2, 0, 9223372036854775807, 'no answer',
    1, -1, -1
);
