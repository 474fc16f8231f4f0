insert into oauth_states (
    user_guid, guid, member_guid, inbound_member_guid, auth_status, error_reason, state_hash, browser_hash, attempt,
    client_redirect_url, referral_source, ui_message_webview_url_scheme, skip_aggregation, due_at,
    first_retrieved_at, created_at, updated_at
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'OAS-99999999-0000-4000-8000-000000000001',
    'MBR-22222222-0000-4000-8000-000000000001', null, 1, null, {hex d1d1}, {hex d2d2}, {hex d3},
    'https://acme.example/back?a=1&b=%27', 'APP', 'o''brien', true, 1772003600000000, null, 1772000000000000,
    1772000000000000
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'OAS-99999999-0000-4000-8000-000000000002',
    'MBR-22222222-0000-4000-8000-000000000009', 'MBR-22222222-0000-4000-8000-000000000001', 3, 6, null, null, null,
    null, null, null, false, 1773200000000000, 1772000000000003, 1772000000000000, 1772000000000002
);

insert into bank_consents (
    guid, institution_code, client_id, subject, scopes, granted, generation, is_confirmed, is_revoked, expires_at
) values
(
    'consent-1', 'mx_bank_oauth', 'riverbank', 'mxuser', 'openid accounts', {hex d4}, 1, false, false,
    1803536000000000
),
(
    'consent-2', 'mxcu_oauth', 'o''brien', 'söhne', 'accounts', {hex d5}, 9223372036854775806, true, true, 0
);

insert into bank_tickets (
    hash, institution_code, kind, consent_guid, generation, request, is_spent, expires_at
) values
(
    {hex e1e1}, 'mx_bank_oauth', 1, null, 0, '{"redirect_uri":"https://a.example/"}', false, 1772000600000000
),
(
    {hex e2e2}, 'mx_bank_oauth', 3, 'consent-1', 1, null, true, 1772000300000000
);
