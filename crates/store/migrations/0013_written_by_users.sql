-- What users write of accounts and transactions, over what feeds tell or where no feed is.

-- JSON.
alter table accounts add column given text not null default '{}';

-- Bits of what the user wrote, which stays whatever a feed tells.
alter table transactions add column given bigint not null default 0;
-- Bits of what the user has noted: seen, flagged and the like.
alter table transactions add column marks bigint not null default 0;
-- The user's own, in the place of the feed's.
alter table transactions add column memo text;
alter table transactions add column metadata text;
alter table transactions add column is_hidden boolean not null default false;
-- Set while others stand in its place, which name it as their parent.
alter table transactions add column has_been_split boolean not null default false;
alter table transactions add column parent_guid text;
create index transactions_by_parent on transactions (user_guid, parent_guid)
    where parent_guid is not null and deleted_at is null;
