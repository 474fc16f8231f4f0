-- The id of a transaction begins as that of its user, through whom it is found. Only those of before need an index for it.
drop index transactions_by_guid;
create index transactions_of_before on transactions (guid) where substr(guid, 5, 8) <> substr(user_guid, 5, 8);
