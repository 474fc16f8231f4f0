-- A few rows for every table as step 1 leaves it: every column that may be null is null somewhere and not null
-- elsewhere, numbers at their ends, texts that are empty, long in bytes or quoted.
--
-- `{hex ..}` stands for bytes. What is sealed is sealed under the master key of the tests that load this.

insert into settings (
    name, value
) values
(
    'login_fingerprint_key',
    {hex 01000000010303030303030303030303033cf71586c7e1c157d8de43fff9735d041ecb4c33e50de72a348e812adaae5a8846388499533f6458a0dddeaf3fd382ba0404040404040404040404045a2731e5d12f136185bf5867ad9d2638e4ccf80c69681feb97047859bd9986b3bc32548c7e7a7d3ec0275ee5ec5dc3a1}
),
(
    'mode', {hex 73616e64626f78}
),
(
    'empty', {hex }
);

insert into clients (
    guid, client_id, api_key_hash, is_disabled, children_made, created_at, updated_at
) values
(
    'CLT-00000000-0000-4000-8000-000000000001', 'acme',
    {hex 00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff}, false, 3, 1772000000000000,
    1772000000000001
),
(
    'CLT-00000000-0000-4000-8000-000000000002', 'o''brien & söhne', {hex }, true, 0, -377705023201000000,
    253402207200000000
);

insert into client_redirect_urls (
    client_guid, url, created_at
) values
(
    'CLT-00000000-0000-4000-8000-000000000001', 'https://acme.example/back?a=1&b=%27', 1772000000000000
),
(
    'CLT-00000000-0000-4000-8000-000000000001', '', 0
);

insert into users (
    guid, client_guid, partner_id, birthdate, credit_score, email, first_name, gender, is_disabled,
    is_excluded_from_analytics, last_name, logged_in_at, metadata, phone, zip_code, revision, children_made,
    created_at, updated_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'CLT-00000000-0000-4000-8000-000000000001', 'user-1', -25567,
    850, 'zoë@example.com', 'Zoë', 1, false, true, 'O''Hara "Z"', 1772000000000007, '{"plan":"gold"}',
    '+1 555 0100', '00501', 4, 5, 1772000000000000, 1772000000000009
),
(
    'USR-11111111-0000-4000-8000-000000000002', 'CLT-00000000-0000-4000-8000-000000000001', '', null, null,
    null, null, null, true, false, null, null, null, null, null, 1, 0, 1772000000000000, 1772000000000000
);

insert into api_tokens (
    hash, user_guid, expires_at
) values
(
    {hex a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1},
    'USR-11111111-0000-4000-8000-000000000001', 1772000600000000
),
(
    {hex a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2},
    'USR-11111111-0000-4000-8000-000000000002', 0
);

insert into sessions (
    hash, user_guid, created_at, used_at
) values
(
    {hex b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1},
    'USR-11111111-0000-4000-8000-000000000001', 1772000000000000, 1772000060000000
),
(
    {hex b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2},
    'USR-11111111-0000-4000-8000-000000000002', 1772000000000000, 1772000000000000
);

update catalogue set version = 7;

insert into institutions (
    guid, code, name, url, keywords, countries, popularity, is_test, is_hidden,
    supports_account_identification, supports_account_verification, supports_oauth,
    supports_transaction_history, account_types, instructions, forgot_password_url, forgot_username_url,
    trouble_signing_in_url, medium_logo_url, small_logo_url, connector, settings, created_at, updated_at
) values
(
    'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 'mxbank', 'MX Bank', 'https://bank.example', '["bank","測試"]',
    '["US","CA"]', 100, true, false, true, true, false, true, 2047, 'Sign in
as always',
    'https://bank.example/p', 'https://bank.example/u', 'https://bank.example/t',
    'https://bank.example/m.png', 'https://bank.example/s.png', 'script', '{"a":{"b":[1,2.5,null]}}',
    1772000000000000, 1772000000000000
),
(
    'INS-77777777-0000-4000-8000-000000000002', 'plain', 'Plain', null, '[]', '[]', 0, false, true, false,
    false, true, false, 0, null, null, null, null, null, null, 'ofx', '{}', 1772000000000000,
    1772000000000000
);

insert into institution_credentials (
    institution_guid, guid, field_name, label, field_type, display_order, is_optional, max_length, meta_data,
    options, created_at, updated_at
) values
(
    'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 'CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1', 'LOGIN',
    'Username', 3, 1, false, 64, 'hint', '[]', 1772000000000000, 1772000000000000
),
(
    'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 'CRD-e3d7ea81-aac7-05e9-fbdd-4b493c6e474d', 'PASSWORD',
    'Password', 1, 2, true, null, null, '[{"label":"A","value":"a"}]', 1772000000000000, 1772000000000000
);

insert into members (
    user_guid, guid, client_guid, institution_guid, number, partner_id, external_guid, name, metadata,
    use_cases, background_aggregation_is_disabled, is_oauth, is_managed_by_user, connection_status,
    aggregated_at, successfully_aggregated_at, most_recent_job_guid, live_job_guid, denials,
    login_fingerprint, client_redirect_url, referral_source, ui_message_webview_url_scheme, oauth_token_hash,
    oauth_token, oauth_skip_aggregation, challenge_expires_at, pending_expires_at, purge_at, revision,
    children_made, created_at, updated_at, deleted_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001',
    'CLT-00000000-0000-4000-8000-000000000001', 'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 1, 'held-1',
    'external-1', 'MX Bank', 'it''s {"json": "\u00e9"}', 1, false, false, false, 3, 1772000000000001,
    1772000000000000, 'JOB-44444444-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000001',
    2, {hex c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1}, null, null, null, null, null,
    false, 1772000600000000, null, null, 9, 4, 1772000000000000, 1772000000000002, null
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000002',
    'CLT-00000000-0000-4000-8000-000000000001', 'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 2, null, null,
    '', null, 3, true, true, true, 8, null, null, null, null, 0, null, 'https://acme.example/back', 'APP',
    'scheme', {hex c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2},
    {hex 01000000011212121212121212121212120b7e68cf5a0032f28ca43edd3c6c56e06646936b2caf80303e96e9546666fc2f22f6d8dfad6f8a4b4e4505e727379d39131313131313131313131313b500a22db5eb7faa5bb8a4990bfe812716652074e7},
    true, null, 1772000600000000, null, 1, 0, 1772000000000000, 1772000000000000, null
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000003',
    'CLT-00000000-0000-4000-8000-000000000001', 'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 3, null, null,
    'Deleted', null, 1, false, false, true, null, 1772000000000000, 1772000000000000,
    'JOB-44444444-0000-4000-8000-000000000003', null, 0,
    {hex c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1}, null, null, null, null, null,
    false, null, null, 1772000000000001, 2, 1, 1772000000000000, 1772000000000000, 1772000000000001
),
(
    'USR-11111111-0000-4000-8000-000000000002', 'MBR-22222222-0000-4000-8000-000000000004',
    'CLT-00000000-0000-4000-8000-000000000001', 'INS-77777777-0000-4000-8000-000000000002', 1, null, null,
    'Running', null, 1, false, false, true, 1, 1772000000000000, null,
    'JOB-44444444-0000-4000-8000-000000000004', 'JOB-44444444-0000-4000-8000-000000000004', 0,
    {hex c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1}, null, null, null, null, null,
    false, null, null, null, 2, 1, 1772000000000000, 1772000000000000, null
);

insert into external_guids (
    client_guid, external_guid, user_guid, member_guid
) values
(
    'CLT-00000000-0000-4000-8000-000000000001', 'external-1', 'USR-11111111-0000-4000-8000-000000000001',
    'MBR-22222222-0000-4000-8000-000000000001'
);

insert into member_credentials (
    user_guid, member_guid, credential_guid, guid, value, created_at, updated_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001',
    'CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1', 'MCR-88888888-0000-4000-8000-000000000001',
    {hex 0100000001060606060606060606060606e908db95acc03053a9526ce2e9cecdd83828504d293801c67bb759ba46296cdaf26a622873e54e42fb2d9426f48fc368070707070707070707070707d18f24030c53c91556a4a6067cde07b23d533a3b3c84},
    1772000000000000, 1772000000000000
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001',
    'CRD-e3d7ea81-aac7-05e9-fbdd-4b493c6e474d', 'MCR-88888888-0000-4000-8000-000000000002',
    {hex 0100000001090909090909090909090909d21f8a8d4e1a82e351860372d8eac248a70a61b6a8a960a032d15edd8eea7aca70a9496ae8260b8f1b10794b33a9d4f00a0a0a0a0a0a0a0a0a0a0a0aa7b44a7ceae5f83799e83770f3c4b7e4d51bac0441816acdae},
    1772000000000000, 1772000000000001
);

insert into challenges (
    user_guid, member_guid, guid, job_guid, position, question, answer, created_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001',
    'CRD-33333333-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000001', 1,
    '{"label":"What city were you born in?","kind":"TEXT"}',
    {hex 01000000010c0c0c0c0c0c0c0c0c0c0c0cb78aba9e120f0f7825cd045d371df8b8e33158f9c76e80f0152ede74648a1883d86b9d9a5d5c948185bbd52b411b57330d0d0d0d0d0d0d0d0d0d0d0d72f7e418ce22feb39450b281afc2b139d6fcadcd67f648},
    1772000000000000
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000002',
    'CRD-33333333-0000-4000-8000-000000000002', null, 2, '{"label":"","kind":"TEXT"}', null, 1772000000000000
);

insert into jobs (
    user_guid, guid, member_guid, institution_guid, kind, status, state, run_at, lease_until, lease_owner,
    interruptions, attempt, is_superseded, has_follow_up, include_transactions, include_holdings,
    is_authenticated, progress, error_message, error_message_code, outcome, children_made, created_at,
    started_at, finished_at, updated_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000001',
    'MBR-22222222-0000-4000-8000-000000000001', 'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 0, 2, 'PARKED',
    1772000000000000, null, null, 1, 2, false, true, true, false, false,
    {hex 01000000010f0f0f0f0f0f0f0f0f0f0f0ffcc35f90c67b3e07d147d2e8f7603171c4e28ee67005731ea31d928d0a734126b664709ffdd161f4011846f772e298641010101010101010101010105c54bc01b7ee81ae3409b583c09def2a7746},
    null, null, null, 1, 1772000000000000, 1772000000000001, null, 1772000000000002
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000002',
    'MBR-22222222-0000-4000-8000-000000000001', 'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 0, 8, 'DONE',
    1772000000000000, null, null, 0, 1, true, false, true, true, true, null, 'no, "thanks"', -1, 7, 0,
    1772000000000000, 1772000000000001, 1772000000000002, 1772000000000002
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'JOB-44444444-0000-4000-8000-000000000003',
    'MBR-22222222-0000-4000-8000-000000000003', 'INS-1572a04c-912b-59bf-5841-332c7dfafaef', 0, 6, 'DONE',
    1772000000000000, null, null, 0, 1, false, false, true, true, true, null, null, null, 6, 0,
    1772000000000000, 1772000000000001, 1772000000000002, 1772000000000002
),
(
    'USR-11111111-0000-4000-8000-000000000002', 'JOB-44444444-0000-4000-8000-000000000004',
    'MBR-22222222-0000-4000-8000-000000000004', 'INS-77777777-0000-4000-8000-000000000002', 0, 1, 'RUNNING',
    1772000000000000, 9223372036854775807, 'worker of the old server', 0, 1, false, false, true, false,
    false, null, null, null, null, 0, 1772000000000000, null, null, 1772000000000000
);

insert into accounts (
    user_guid, guid, member_guid, number, feed_id, account_type, feed, metadata, is_hidden, revision,
    children_made, created_at, updated_at, deleted_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'ACT-55555555-0000-4000-8000-000000000001',
    'MBR-22222222-0000-4000-8000-000000000001', 1, 'feed/1', 1,
    '{"account_type":"CHECKING","name":"Checking","balance":"12.3400"}', '{}', false, 3, 2, 1772000000000000,
    1772000000000001, null
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'ACT-55555555-0000-4000-8000-000000000002',
    'MBR-22222222-0000-4000-8000-000000000003', 1, '', 0, '{}', null, true, 1, 0, 1772000000000000,
    1772000000000000, 1772000000000001
);

insert into transactions (
    user_guid, guid, account_guid, member_guid, feed_id, amount, transaction_type, status, date, description,
    category_guid, flags, merchant_category_code, feed_description, feed_memo, feed_kind, check_number,
    currency_code, is_international, posted_at, posted_on, transacted_at, transacted_on, described_by,
    categorized_by, revision, created_at, updated_at, deleted_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'TRN-66666666-0000-4000-8000-000000000001',
    'ACT-55555555-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001', 'fit-1',
    9223372036854775807, 2, 1, 20500, 'Café', 'CAT-99999999-0000-4000-8000-000000000001', 255, 5812,
    'CAFE *1234', 'memo', 'DEBIT', '0017', 'USD', true, 1772000000000000, 20500, 1771999999999999, 20499,
    'cleansed', 'wording', 2, 1772000000000000, 1772000000000001, null
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'TRN-66666666-0000-4000-8000-000000000002',
    'ACT-55555555-0000-4000-8000-000000000001', 'MBR-22222222-0000-4000-8000-000000000001', null, 0, 1, 2,
    -1, '', 'CAT-99999999-0000-4000-8000-000000000002', 0, null, '', null, null, null, null, null, null,
    null, null, null, '', '', 1, -377705023201000000, 253402207200000000, null
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'TRN-66666666-0000-4000-8000-000000000003',
    'ACT-55555555-0000-4000-8000-000000000002', 'MBR-22222222-0000-4000-8000-000000000003', null, 10000, 1,
    1, 20501, '''quoted''; -- not a remark', 'CAT-99999999-0000-4000-8000-000000000002', 0, null,
    '\x00 {brace}', null, null, null, null, false, null, null, null, null, 'a', 'b', 1, 1772000000000000,
    1772000000000000, 1772000000000001
);

insert into audit (
    at, client_guid, user_guid, action, subject, detail
) values
(
    1772000000000000, 'CLT-00000000-0000-4000-8000-000000000001', 'USR-11111111-0000-4000-8000-000000000001',
    'member.create', 'MBR-22222222-0000-4000-8000-000000000001', '{"name":"MX Bank"}'
),
(
    1772000000000000, 'CLT-00000000-0000-4000-8000-000000000002', null, 'client.create',
    'CLT-00000000-0000-4000-8000-000000000002', '{}'
);
