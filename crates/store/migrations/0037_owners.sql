-- The id of what belongs to a user begins as the user's own, through whom it is found. Only those of before need an index for
-- it.
drop index members_by_guid;
drop index accounts_by_guid;
drop index transactions_by_guid;
drop index jobs_by_guid;
drop index micro_deposits_by_guid;
create index members_of_before on members (guid) where substr(guid, 5, 8) <> substr(user_guid, 5, 8);
create index accounts_of_before on accounts (guid) where substr(guid, 5, 8) <> substr(user_guid, 5, 8);
create index transactions_of_before on transactions (guid) where substr(guid, 5, 8) <> substr(user_guid, 5, 8);
create index jobs_of_before on jobs (guid) where substr(guid, 5, 8) <> substr(user_guid, 5, 8);
create index micro_deposits_of_before on micro_deposits (guid) where substr(guid, 5, 8) <> substr(user_guid, 5, 8);
