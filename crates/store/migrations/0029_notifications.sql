-- What users are told, and over which channels: notifications and their deliverables.

create table notifications (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- Grows with each of its user: the order of lists within a day.
    number bigint not null,
    notification_type bigint not null,
    subject text not null,
    -- What it hangs on, such as an account, and what set it off, such as a transaction.
    entity_guid text,
    deep_link_guid text,
    -- The amount that was passed, in whole units.
    threshold bigint,
    -- What it tells of, in words of the one that made it: a fact is told once. None where a partner made it.
    fact text,
    has_been_viewed boolean not null,
    -- The user's own day.
    created_on bigint not null,
    created_at bigint not null,
    primary key (user_guid, guid)
);
create unique index notifications_by_fact on notifications (user_guid, fact) where fact is not null;
create index notifications_by_day on notifications (user_guid, created_on, number);
create index notifications_by_number on notifications (user_guid, number);
create index notifications_by_creation on notifications (created_at);

create table deliverables (
    user_guid text not null,
    guid text not null,
    notification_guid text not null,
    channel bigint not null,
    content text not null,
    -- READY: to be sent at `due_at`. DELIVERED and FAILED: ended.
    state text not null,
    -- Tries that were begun: what a try brings counts while there is no later one.
    attempts bigint not null,
    due_at bigint not null,
    -- Machine time until which a try is under way; the database's own where it has one.
    lease_until bigint,
    -- Why it is not delivered, as of the last try.
    failure text,
    delivered_at bigint,
    -- The user's own day.
    delivered_on bigint,
    created_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, notification_guid) references notifications (user_guid, guid) on delete cascade
);
create unique index deliverables_by_channel on deliverables (user_guid, notification_guid, channel);
create index deliverables_ready on deliverables (channel, due_at) where state = 'READY';
