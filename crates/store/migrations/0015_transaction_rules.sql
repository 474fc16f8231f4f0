-- The rules of users for transactions.

create table transaction_rules (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- The how-manieth child of its user it is: of those that fit a transaction, the largest counts.
    number bigint not null,
    match_description text not null,
    description text,
    category_guid text not null,
    -- Set while it is being applied to the transactions that are there: those up to this id have been looked at, so many,
    -- of which so many were changed.
    applied_through text,
    examined bigint not null,
    changed bigint not null,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid)
);
create index transaction_rules_by_number on transaction_rules (user_guid, number);
create index transaction_rules_open on transaction_rules (updated_at) where applied_through is not null;

-- The rule that chose the category.
alter table transactions add column transaction_rule_guid text;
create index transactions_by_rule on transactions (user_guid, transaction_rule_guid, date desc, guid)
    where transaction_rule_guid is not null and deleted_at is null;
