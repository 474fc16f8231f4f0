-- The pages of Connect: the sites that may show them, the addresses that open them once, and their sessions.

create table client_origins (
    client_guid text not null references clients (guid) on delete cascade,
    origin text not null,
    created_at bigint not null,
    primary key (client_guid, origin)
);

create table page_addresses (
    hash {blob} primary key,
    user_guid text not null references users (guid) on delete cascade,
    -- How the pages are to be; JSON.
    options text not null,
    expires_at bigint not null
);
create index page_addresses_by_user on page_addresses (user_guid);
create index page_addresses_by_expiry on page_addresses (expires_at);

create table page_sessions (
    hash {blob} primary key,
    user_guid text not null references users (guid) on delete cascade,
    -- What messages name it by.
    guid text not null,
    options text not null,
    -- The registered site that shows the pages; null when they stand by themselves.
    shown_by text,
    created_at bigint not null,
    used_at bigint not null
);
create index page_sessions_by_user on page_sessions (user_guid);
create index page_sessions_by_use on page_sessions (used_at);
