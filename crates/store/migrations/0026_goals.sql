-- The goals of users: what they save for, and debts that they pay off.

create table goals (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- The account whose balance tells how far it has come; the account may be gone.
    account_guid text not null,
    amount bigint not null,
    goal_type bigint not null,
    meta_type bigint not null,
    -- As sent; null where it follows from the other two.
    track_type bigint,
    name text not null,
    metadata text,
    -- From 1, without gaps; changed by whoever holds the user.
    position bigint not null,
    has_been_spent boolean not null,
    -- Null until it is complete.
    completed_at bigint,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid)
);
create index goals_by_position on goals (user_guid, position);
create index goals_by_account on goals (user_guid, account_guid);
