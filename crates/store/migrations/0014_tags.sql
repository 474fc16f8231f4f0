-- The tags of users, and the transactions that bear them.

create table tags (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- The how-manieth child of its user it is: the order of lists.
    number bigint not null,
    name text not null,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid)
);
create index tags_by_number on tags (user_guid, number);

create table taggings (
    user_guid text not null,
    guid text not null,
    -- The how-manieth child of its user it is: the order of lists.
    number bigint not null,
    tag_guid text not null,
    transaction_guid text not null,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, tag_guid) references tags (user_guid, guid) on delete cascade,
    foreign key (user_guid, transaction_guid) references transactions (user_guid, guid) on delete cascade
);
create index taggings_by_number on taggings (user_guid, number);
create unique index taggings_by_transaction on taggings (user_guid, transaction_guid, tag_guid);
create index taggings_by_tag on taggings (user_guid, tag_guid);
