-- Verifications of accounts by two small deposits.

create table micro_deposits (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    -- Its place among the children of its user.
    number bigint not null,
    status bigint not null,
    email text not null,
    first_name text not null,
    last_name text not null,
    -- None of the following before the account is known.
    account_name text,
    account_number text,
    routing_number text,
    account_type bigint,
    institution_name text,
    -- What was sent, in ten-thousandths.
    amount_1 bigint,
    amount_2 bigint,
    -- How often wrong amounts were handed in.
    wrong_tries bigint not null,
    error_code text,
    error_message text,
    -- When its provider is to be asked, or it is given up; none at its end.
    due_at bigint,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    verified_at bigint,
    deleted_at bigint,
    primary key (user_guid, guid)
);
create index micro_deposits_by_number on micro_deposits (user_guid, number);
create index micro_deposits_by_due on micro_deposits (due_at) where due_at is not null;
create index micro_deposits_by_deletion on micro_deposits (deleted_at) where deleted_at is not null;
