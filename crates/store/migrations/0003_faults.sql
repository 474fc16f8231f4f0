-- What a test author has planned to go wrong in a sandbox, at an institution or for one member of it.

create table faults (
    number bigint primary key,
    institution_guid text not null references institutions (guid) on delete cascade,
    -- The one member that it is for; both or none.
    user_guid text,
    member_guid text,
    -- The call that it strikes: OPEN, RESUME or FETCH; none strikes the first call that is made.
    call text,
    -- What it does: JSON.
    effect text not null,
    -- Attempts that it has yet to strike; none when it goes on until it is taken away.
    remaining bigint,
    -- Of a million attempts, so many are struck.
    chance bigint not null,
    -- Attempts that it has struck.
    struck bigint not null,
    created_at bigint not null,
    foreign key (user_guid, member_guid) references members (user_guid, guid) on delete cascade
);
create index faults_by_institution on faults (institution_guid, number);
create index faults_by_member on faults (user_guid, member_guid);

-- Which attempts a fault has struck: one that is taken up again is struck again, and not counted again.
create table fault_strikes (
    user_guid text not null,
    job_guid text not null,
    fault_number bigint not null references faults (number) on delete cascade,
    primary key (user_guid, job_guid, fault_number),
    foreign key (user_guid, job_guid) references jobs (user_guid, guid) on delete cascade
);
create index fault_strikes_by_fault on fault_strikes (fault_number);
