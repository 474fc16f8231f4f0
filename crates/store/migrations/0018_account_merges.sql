-- Accounts that are merged into others.

-- The account that was merged into this one and held the same transaction, or brought this one along.
alter table transactions add column merged_from text;

create table account_merges (
    user_guid text not null,
    -- The one that goes.
    account_guid text not null,
    -- The one that its transactions go to.
    into_guid text not null,
    -- The days between which the one that goes held transactions.
    told_from bigint not null,
    told_through bigint not null,
    at bigint not null,
    primary key (user_guid, account_guid),
    foreign key (user_guid, account_guid) references accounts (user_guid, guid) on delete cascade
);
