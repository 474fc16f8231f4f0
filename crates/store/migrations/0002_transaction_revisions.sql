-- How often the transactions of a user have changed: what was derived from them holds as long as this is the same.
-- A user without a row has never had a transaction.

create table transaction_revisions (
    user_guid text primary key,
    revision bigint not null
);
