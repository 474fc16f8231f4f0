-- What partners' endpoints are told: the endpoints, the messages (an outbox, and a log afterwards), the tries.

create table webhook_endpoints (
    guid text primary key,
    client_guid text not null references clients (guid) on delete cascade,
    -- The how-manieth child of its client it is: the order of lists.
    number bigint not null,
    url text not null,
    -- One bit for each kind of event.
    events bigint not null,
    -- What signs, and what authenticates to the receiver: JSON, sealed.
    secrets {blob} not null,
    -- Tries in a row that came to nothing.
    failures bigint not null,
    -- Set while it is found to be dead: not tried before.
    paused_until bigint,
    disabled_at bigint,
    disabled_because text,
    created_at bigint not null,
    updated_at bigint not null
);
create index webhook_endpoints_by_client on webhook_endpoints (client_guid, number);

create table webhook_messages (
    guid text primary key,
    endpoint_guid text not null references webhook_endpoints (guid) on delete cascade,
    user_guid text not null,
    -- Messages of one lane to one endpoint go out by number; those of one number go together.
    lane text not null,
    number bigint not null,
    kind bigint not null,
    -- JSON.
    payload text not null,
    callback_payload text,
    -- READY: to be sent at `due_at`. SENDING: under a lease. DELIVERED and FAILED: ended.
    state text not null,
    attempts bigint not null,
    tries_left bigint not null,
    due_at bigint not null,
    -- When an endpoint that is found to be dead after this gets it no more.
    expires_at bigint not null,
    -- Machine time; the database's own where it has one.
    lease_until bigint,
    lease_owner text,
    created_at bigint not null,
    ended_at bigint
);
create index webhook_messages_by_lane on webhook_messages (user_guid, endpoint_guid, lane, number);
create index webhook_messages_by_creation on webhook_messages (endpoint_guid, created_at);
create index webhook_messages_open on webhook_messages (endpoint_guid, lane, number) where ended_at is null;
create index webhook_messages_ready on webhook_messages (endpoint_guid, due_at) where state = 'READY';
create index webhook_messages_by_end on webhook_messages (ended_at) where ended_at is not null;
create index webhook_messages_sending on webhook_messages (lease_until) where state = 'SENDING';

create table webhook_attempts (
    message_guid text not null references webhook_messages (guid) on delete cascade,
    number bigint not null,
    at bigint not null,
    -- Machine time, in microseconds.
    latency bigint not null,
    -- The HTTP status; none when there was no answer.
    status bigint,
    -- Why there was no answer.
    failure text,
    -- The beginning of the answer.
    answer text,
    primary key (message_guid, number)
);

-- What a webhook tells of a job, where someone listens.
alter table jobs add column transactions_created bigint;
alter table jobs add column transactions_updated bigint;
-- Text of the call that caused it, to be echoed.
alter table jobs add column callback_payload text;
