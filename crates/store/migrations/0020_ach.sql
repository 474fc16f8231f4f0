-- Micro deposits by the American clearing house.

-- The files that deposits go out in. Some each day.
create table ach_files (
    -- Its place among all files.
    number bigint primary key,
    made_at bigint not null,
    -- The day of its making, as the clearing house counts it, and how many files of the day came before.
    day bigint not null,
    place bigint not null,
    effective_on bigint not null,
    -- The sequence of its last trace number.
    last_sequence bigint not null,
    -- Its bytes, until it is written.
    content text,
    -- The mark in the name under which it lies whole beside its place, ready to be put there.
    staged_as text,
    written_at bigint
);
create index ach_files_by_unwritten on ach_files (number) where written_at is null;

-- Deposits that were ordered, two of each verification.
create table ach_entries (
    user_guid text not null,
    micro_deposit_guid text not null,
    place bigint not null,
    amount bigint not null,
    ordered_at bigint not null,
    -- None of both while it waits for a file.
    file_number bigint,
    -- The last seven digits of its trace number.
    sequence bigint,
    -- Why it came back, and what is to be corrected.
    return_code text,
    change_code text,
    corrected text,
    primary key (user_guid, micro_deposit_guid, place),
    foreign key (user_guid, micro_deposit_guid) references micro_deposits (user_guid, guid) on delete cascade
);
create index ach_entries_by_order on ach_entries (ordered_at, micro_deposit_guid, place) where file_number is null;
create index ach_entries_by_sequence on ach_entries (sequence, file_number) where sequence is not null;
