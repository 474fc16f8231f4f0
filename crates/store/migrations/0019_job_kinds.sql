-- What identifications and verifications bring in, and the features that are on or off for a client.

create table client_features (
    client_guid text not null references clients (guid) on delete cascade,
    feature text not null,
    is_on boolean not null,
    updated_at bigint not null,
    primary key (client_guid, feature)
);

create table account_owners (
    user_guid text not null,
    guid text not null,
    member_guid text not null,
    account_guid text not null,
    -- The how-manieth of its account it is.
    position bigint not null,
    -- As the institution told it, JSON.
    told text not null,
    created_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, account_guid) references accounts (user_guid, guid) on delete cascade
);
create index account_owners_by_member on account_owners (user_guid, member_guid);
create index account_owners_by_account on account_owners (user_guid, account_guid);

create table account_numbers (
    user_guid text not null,
    guid text not null,
    member_guid text not null,
    account_guid text not null,
    -- The how-manieth of its account it is.
    position bigint not null,
    -- As the institution told it, JSON, sealed.
    told {blob} not null,
    created_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, account_guid) references accounts (user_guid, guid) on delete cascade
);
create index account_numbers_by_member on account_numbers (user_guid, member_guid);
create index account_numbers_by_account on account_numbers (user_guid, account_guid);
