-- What institutions answered to the fetches of jobs, as it came.

create table raw_answers (
    user_guid text not null,
    job_guid text not null,
    member_guid text not null,
    -- Of the job, which may be gone by now: what it was for, whether holdings were fetched, the how-manieth of its member.
    kind bigint not null,
    include_holdings boolean not null,
    attempt bigint not null,
    fetched_at bigint not null,
    -- Bytes of the answer as it came.
    size bigint not null,
    -- The answer with what must be known to read it, compressed and sealed.
    answer {blob} not null,
    primary key (user_guid, job_guid),
    foreign key (user_guid, member_guid) references members (user_guid, guid) on delete cascade
);
create index raw_answers_by_member on raw_answers (user_guid, member_guid, attempt);
create index raw_answers_by_time on raw_answers (fetched_at);
create index raw_answers_by_job on raw_answers (job_guid);
