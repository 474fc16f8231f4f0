-- What a member's timeline tells beside its statuses and jobs.

-- The steps of jobs, numbered as they were made: what was asked of the connector or done with its answer. A step that was cut
-- short has no length where nobody was left to measure it.
create table job_steps (
    user_guid text not null,
    job_guid text not null,
    number bigint not null,
    kind bigint not null,
    -- Business time.
    began_at bigint not null,
    -- Microseconds of machine time.
    took bigint,
    ending bigint not null,
    -- What a refusal amounts to.
    status bigint,
    primary key (user_guid, job_guid, number),
    foreign key (user_guid, job_guid) references jobs (user_guid, guid) on delete cascade
);

-- Requests that touched members, summed for each minute of business time, which is called by its first moment.
create table member_requests (
    user_guid text not null,
    member_guid text not null,
    at bigint not null,
    -- The method and the template of the route, such as GET /members/{member_guid}.
    operation text not null,
    -- Of HTTP.
    status bigint not null,
    requests bigint not null,
    -- Microseconds that the longest took.
    longest bigint not null,
    foreign key (user_guid, member_guid) references members (user_guid, guid) on delete cascade
);
create unique index member_requests_by_time on member_requests (user_guid, member_guid, at, operation, status);
create index member_requests_by_age on member_requests (at);
