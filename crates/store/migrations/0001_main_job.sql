-- Clients, users, sessions, institutions, members, jobs, accounts, transactions.
--
-- Times are microseconds since 1970 in UTC, days are days since 1970-01-01, amounts have 4 decimals. `user_guid` leads
-- the keys of what a user owns. `children_made` counts the children a row ever had; ids are derived from it.

create table settings (
    name text primary key,
    value {blob} not null
);

create table clients (
    guid text primary key,
    client_id text not null unique,
    api_key_hash {blob} not null,
    is_disabled boolean not null,
    children_made bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);

create table client_redirect_urls (
    client_guid text not null references clients (guid) on delete cascade,
    url text not null,
    created_at bigint not null,
    primary key (client_guid, url)
);

create table users (
    guid text primary key,
    client_guid text not null references clients (guid),
    partner_id text not null,
    birthdate bigint,
    credit_score bigint,
    email text,
    first_name text,
    gender bigint,
    is_disabled boolean not null,
    is_excluded_from_analytics boolean not null,
    last_name text,
    logged_in_at bigint,
    metadata text,
    phone text,
    zip_code text,
    revision bigint not null,
    children_made bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    unique (client_guid, partner_id)
);

create table api_tokens (
    hash {blob} primary key,
    user_guid text not null references users (guid) on delete cascade,
    expires_at bigint not null
);
create index api_tokens_by_user on api_tokens (user_guid);
create index api_tokens_by_expiry on api_tokens (expires_at);

create table sessions (
    hash {blob} primary key,
    user_guid text not null references users (guid) on delete cascade,
    created_at bigint not null,
    used_at bigint not null
);
create index sessions_by_user on sessions (user_guid);
create index sessions_by_use on sessions (used_at);

-- The version grows by one with every load of the catalogue; servers compare it with the one they hold in memory.
create table catalogue (
    version bigint not null
);
insert into catalogue (version) values (0);

create table institutions (
    guid text primary key,
    code text not null unique,
    name text not null,
    url text,
    -- JSON arrays.
    keywords text not null,
    countries text not null,
    popularity bigint not null,
    is_test boolean not null,
    is_hidden boolean not null,
    supports_account_identification boolean not null,
    supports_account_verification boolean not null,
    supports_oauth boolean not null,
    supports_transaction_history boolean not null,
    -- One bit for each number of an account type.
    account_types bigint not null,
    instructions text,
    forgot_password_url text,
    forgot_username_url text,
    trouble_signing_in_url text,
    medium_logo_url text,
    small_logo_url text,
    connector text not null,
    settings text not null,
    created_at bigint not null,
    updated_at bigint not null
);

create table institution_credentials (
    institution_guid text not null references institutions (guid) on delete cascade,
    guid text not null,
    field_name text not null,
    label text not null,
    field_type bigint not null,
    display_order bigint not null,
    is_optional boolean not null,
    max_length bigint,
    meta_data text,
    -- JSON array of label and value.
    options text not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (institution_guid, guid)
);

create table members (
    user_guid text not null references users (guid),
    guid text not null,
    client_guid text not null,
    institution_guid text not null references institutions (guid),
    -- The how-manieth child of its user it is: the order of lists.
    number bigint not null,
    -- Held members only: the partner's own id.
    partner_id text,
    external_guid text,
    name text not null,
    metadata text,
    use_cases bigint not null,
    background_aggregation_is_disabled boolean not null,
    is_oauth boolean not null,
    is_managed_by_user boolean not null,
    connection_status bigint,
    aggregated_at bigint,
    successfully_aggregated_at bigint,
    most_recent_job_guid text,
    -- The one job that has not ended; the member is being aggregated while it is set.
    live_job_guid text,
    -- Denials in a row.
    denials bigint not null,
    login_fingerprint {blob},
    -- OAuth: how the end user is to come back.
    client_redirect_url text,
    referral_source text,
    ui_message_webview_url_scheme text,
    -- The one-time token of the address handed out, by hash and sealed; none when there is none or it is spent.
    oauth_token_hash {blob},
    oauth_token {blob},
    oauth_skip_aggregation boolean not null,
    challenge_expires_at bigint,
    pending_expires_at bigint,
    purge_at bigint,
    revision bigint not null,
    children_made bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    primary key (user_guid, guid)
);
create unique index members_by_number on members (user_guid, number);
create unique index members_by_login on members (user_guid, institution_guid, login_fingerprint)
    where deleted_at is null and login_fingerprint is not null;
create unique index members_by_partner_id on members (user_guid, partner_id)
    where deleted_at is null and partner_id is not null;
create index members_deleted on members (user_guid, institution_guid, login_fingerprint)
    where deleted_at is not null;
create unique index members_by_oauth_token on members (oauth_token_hash) where oauth_token_hash is not null;
create index members_by_challenge_expiry on members (challenge_expires_at) where challenge_expires_at is not null;
create index members_by_pending_expiry on members (pending_expires_at) where pending_expires_at is not null;
create index members_by_purge on members (purge_at) where purge_at is not null;
create index members_by_institution on members (institution_guid);

-- The partner's ids of live members, unique over all users of a client.
create table external_guids (
    client_guid text not null,
    external_guid text not null,
    user_guid text not null,
    member_guid text not null,
    primary key (client_guid, external_guid)
);

create table member_credentials (
    user_guid text not null,
    member_guid text not null,
    credential_guid text not null,
    guid text not null,
    value {blob} not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, member_guid, credential_guid),
    foreign key (user_guid, member_guid) references members (user_guid, guid) on delete cascade
);

-- Questions that wait for an answer; gone when they are answered, expired or dropped.
create table challenges (
    user_guid text not null,
    member_guid text not null,
    guid text not null,
    -- None when a caller put the member at a test institution in CHALLENGED.
    job_guid text,
    position bigint not null,
    -- JSON.
    question text not null,
    -- Set by the older way of answering, before the job is resumed.
    answer {blob},
    created_at bigint not null,
    primary key (user_guid, member_guid, guid),
    foreign key (user_guid, member_guid) references members (user_guid, guid) on delete cascade
);

create table jobs (
    user_guid text not null,
    guid text not null,
    member_guid text not null,
    institution_guid text not null,
    kind bigint not null,
    status bigint not null,
    -- READY: to be taken up at `run_at`. RUNNING: under a lease. PARKED: waiting for answers. DONE.
    state text not null,
    run_at bigint not null,
    -- Machine time; the database's own where it has one.
    lease_until bigint,
    lease_owner text,
    -- Times that it was interrupted by us.
    interruptions bigint not null,
    -- The how-manieth attempt of its member it is.
    attempt bigint not null,
    -- Set from outside while it ran: its result no longer sets the member's status ...
    is_superseded boolean not null,
    -- ... and another job follows at its end.
    has_follow_up boolean not null,
    include_transactions boolean not null,
    include_holdings boolean not null,
    is_authenticated boolean not null,
    -- The connector's state and the answers given, sealed.
    progress {blob},
    error_message text,
    error_message_code bigint,
    -- The connection status that it ended in.
    outcome bigint,
    children_made bigint not null,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint,
    updated_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, member_guid) references members (user_guid, guid) on delete cascade
);
create unique index jobs_live on jobs (user_guid, member_guid) where state <> 'DONE';
create index jobs_by_member on jobs (user_guid, member_guid, created_at);
create index jobs_ready on jobs (institution_guid, run_at) where state = 'READY';
create index jobs_due on jobs (run_at) where state = 'READY';
create index jobs_running on jobs (institution_guid, lease_until) where state = 'RUNNING';

create table accounts (
    user_guid text not null,
    guid text not null,
    member_guid text not null,
    number bigint not null,
    -- The institution's own id.
    feed_id text not null,
    account_type bigint not null,
    -- The facts as the feed told them, JSON.
    feed text not null,
    metadata text,
    is_hidden boolean not null,
    revision bigint not null,
    children_made bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    primary key (user_guid, guid),
    foreign key (user_guid, member_guid) references members (user_guid, guid)
);
create unique index accounts_by_feed_id on accounts (user_guid, member_guid, feed_id);
create index accounts_by_creation on accounts (user_guid, created_at, number, guid) where deleted_at is null;

create table transactions (
    user_guid text not null,
    guid text not null,
    account_guid text not null,
    member_guid text not null,
    feed_id text,
    amount bigint not null,
    transaction_type bigint not null,
    status bigint not null,
    date bigint not null,
    description text not null,
    category_guid text not null,
    -- Bits of what is so: bill pay, fee, income and the like.
    flags bigint not null,
    merchant_category_code bigint,
    feed_description text not null,
    feed_memo text,
    feed_kind text,
    check_number text,
    currency_code text,
    is_international boolean,
    posted_at bigint,
    posted_on bigint,
    transacted_at bigint,
    transacted_on bigint,
    -- The rules that made the description and the category.
    described_by text not null,
    categorized_by text not null,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    primary key (user_guid, guid)
);
create index transactions_by_date on transactions (user_guid, date desc, guid) where deleted_at is null;
create index transactions_by_account on transactions (user_guid, account_guid, date desc, guid) where deleted_at is null;
create index transactions_by_category on transactions (user_guid, category_guid, date desc, guid) where deleted_at is null;
create index transactions_by_creation on transactions (user_guid, created_at) where deleted_at is null;
create index transactions_by_update on transactions (user_guid, updated_at) where deleted_at is null;
create index transactions_deleted on transactions (user_guid, member_guid) where deleted_at is not null;

create table audit (
    at bigint not null,
    client_guid text not null,
    user_guid text,
    action text not null,
    subject text not null,
    -- JSON.
    detail text not null
);
create index audit_by_user on audit (user_guid, at);
create index audit_by_client on audit (client_guid, at);
