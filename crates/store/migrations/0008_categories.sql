-- The categories that users make beside the default ones, which are no rows.

create table categories (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- The how-manieth child of its user it is: the order of lists.
    number bigint not null,
    name text not null,
    -- A default category.
    parent_guid text not null,
    metadata text,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid)
);
create index categories_by_number on categories (user_guid, number);
