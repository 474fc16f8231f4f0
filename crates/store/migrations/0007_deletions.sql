-- Deletions of members that have more than one unit of work takes away.

create table deletions (
    user_guid text not null,
    member_guid text not null,
    -- Whether those who listen are told of each transaction.
    is_told boolean not null,
    -- When the member was deleted.
    at bigint not null,
    primary key (user_guid, member_guid),
    foreign key (user_guid, member_guid) references members (user_guid, guid) on delete cascade
);
