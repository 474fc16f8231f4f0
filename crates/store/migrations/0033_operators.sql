-- Operators: who logs in to the console, their sessions, and what they did. Times are of the machine.

create table operators (
    name text primary key,
    role bigint not null,
    -- A hash in PHC form.
    password text not null,
    -- Sealed.
    totp_secret {blob} not null,
    -- The time step of the code that was used last: it and those before it are used up.
    totp_step bigint not null,
    -- Wrong tries in a row.
    failures bigint not null,
    -- Until when nobody logs in by this name.
    held_until bigint,
    created_at bigint not null,
    updated_at bigint not null
);

create table operator_sessions (
    -- Of its token.
    hash {blob} primary key,
    operator text not null references operators (name) on delete cascade,
    created_at bigint not null,
    used_at bigint not null
);
create index operator_sessions_by_operator on operator_sessions (operator);
create index operator_sessions_by_use on operator_sessions (used_at);

create table operator_audit (
    at bigint not null,
    -- As it was given; who tries names that nobody has leaves none.
    operator text,
    action text not null,
    subject text not null,
    -- Where the call came from; none is a command.
    address text
);
create index operator_audit_by_time on operator_audit (at);

-- What has come of jobs lately, over all users.
create index jobs_by_end on jobs (finished_at) where finished_at is not null;
