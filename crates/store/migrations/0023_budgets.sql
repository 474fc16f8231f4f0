-- The budgets of users: monthly limits, one for a category.

create table budgets (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- The how-manieth child of its user it is: the order of lists.
    number bigint not null,
    category_guid text not null,
    -- The budget of the category above; none at the top.
    parent_guid text,
    amount bigint not null,
    metadata text,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, parent_guid) references budgets (user_guid, guid) on delete cascade
);
create unique index budgets_by_category on budgets (user_guid, category_guid);
create index budgets_by_number on budgets (user_guid, number);
create index budgets_by_parent on budgets (user_guid, parent_guid);
