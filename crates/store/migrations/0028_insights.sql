-- Insights: cards that are made of what a user's money does, and what they are about.

create table insights (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- Which kind of card it is.
    template text not null,
    -- Of the fact that it tells: no two cards of a user tell the same.
    digest {blob} not null,
    title text not null,
    description text not null,
    call_to_action text not null,
    has_been_displayed boolean not null,
    displayed_at bigint,
    is_dismissed boolean not null,
    is_relevant boolean not null,
    -- The last day on which it is relevant, if it has one.
    relevant_through bigint,
    primary_account_guid text,
    primary_transaction_guid text,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid)
);
create unique index insights_by_digest on insights (user_guid, digest);
create index insights_by_creation on insights (user_guid, created_at desc, guid);
create index insights_relevant on insights (user_guid) where is_relevant;
create index insights_by_age on insights (created_at);

create table insight_links (
    user_guid text not null,
    insight_guid text not null,
    -- Account, category, merchant, scheduled payment or transaction.
    kind bigint not null,
    -- The how-manieth of its kind it is.
    position bigint not null,
    object_guid text not null,
    primary key (user_guid, insight_guid, kind, position),
    foreign key (user_guid, insight_guid) references insights (user_guid, guid) on delete cascade
);
create unique index insight_links_by_object on insight_links (user_guid, object_guid, insight_guid);

-- When insights are looked for. What makes a look due beside the time is a change, which raises the revision below.
create table insight_looks (
    user_guid text not null primary key references users (guid) on delete cascade,
    -- The next morning on which they are; none before the first look.
    morning_at bigint,
    -- Until when, by the machine's time, a server is at it.
    lease_until bigint not null
);
create index insight_looks_by_morning on insight_looks (morning_at) where morning_at is not null;

-- The revision at the last look, and when the first change after it was.
alter table transaction_revisions add column looked_at_revision bigint not null default 0;
alter table transaction_revisions add column changed_at bigint not null default 0;
update transaction_revisions set looked_at_revision = revision;
create index transaction_revisions_open on transaction_revisions (changed_at) where revision <> looked_at_revision;
