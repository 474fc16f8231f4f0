-- Positions of investment accounts.

create table holdings (
    user_guid text not null,
    guid text not null,
    account_guid text not null,
    member_guid text not null,
    -- The how-manieth child of its account it is.
    number bigint not null,
    -- The institution's own id.
    feed_id text not null,
    -- What the feed tells of it, and what its user wrote, JSON.
    feed text not null,
    given text not null,
    metadata text,
    cost_basis_updated_at bigint,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, account_guid) references accounts (user_guid, guid) on delete cascade
);
create unique index holdings_by_feed_id on holdings (user_guid, account_guid, feed_id);
create index holdings_by_creation on holdings (user_guid, created_at, number, guid);
create index holdings_by_member on holdings (user_guid, member_guid);
