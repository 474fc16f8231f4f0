-- The ways of end users to institutions' own pages, and what the authorisation servers of test banks keep.

create table oauth_states (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- The member that the way began with; it may be gone when the way leads to another.
    member_guid text not null,
    inbound_member_guid text,
    auth_status bigint not null,
    error_reason bigint,
    -- What the institution sends the browser back with, and what the browser itself holds, by hash; the first is gone
    -- once it was used.
    state_hash {blob},
    browser_hash {blob},
    -- What must be known on the way back, sealed; gone with the state.
    attempt {blob},
    client_redirect_url text,
    referral_source text,
    ui_message_webview_url_scheme text,
    skip_aggregation boolean not null,
    -- When a way that is not at its end ends, and when one that is is forgotten.
    due_at bigint not null,
    first_retrieved_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid)
);
create unique index oauth_states_by_state on oauth_states (state_hash) where state_hash is not null;
create index oauth_states_by_member on oauth_states (user_guid, member_guid, created_at);
create index oauth_states_by_due on oauth_states (due_at);

-- Consents at test banks.
create table bank_consents (
    guid text primary key,
    institution_code text not null,
    client_id text not null,
    -- Who signed in.
    subject text not null,
    scopes text not null,
    -- What was typed, and the accounts that were picked, sealed.
    granted {blob} not null,
    -- The newest generation of its tokens, and whether one of them was used.
    generation bigint not null,
    is_confirmed boolean not null,
    is_revoked boolean not null,
    expires_at bigint not null
);
create index bank_consents_by_expiry on bank_consents (expires_at);

-- What test banks have handed out, by hash: requests that were pushed, codes, access and refresh tokens.
create table bank_tickets (
    hash {blob} primary key,
    institution_code text not null,
    kind bigint not null,
    consent_guid text references bank_consents (guid) on delete cascade,
    generation bigint not null,
    -- Requests and codes: the request, JSON.
    request text,
    is_spent boolean not null,
    expires_at bigint not null
);
create index bank_tickets_by_consent on bank_tickets (consent_guid);
create index bank_tickets_by_expiry on bank_tickets (expires_at);
