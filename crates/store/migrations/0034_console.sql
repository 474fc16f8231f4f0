-- What operators look up and look back on, over all users.

-- Things by their id alone.
create index members_by_guid on members (guid);
create index accounts_by_guid on accounts (guid);
create index transactions_by_guid on transactions (guid);
create index jobs_by_guid on jobs (guid);
create index micro_deposits_by_guid on micro_deposits (guid);
-- Held members by what their partner calls them.
create index members_by_held_id on members (partner_id) where partner_id is not null;

-- Jobs, newest first. Those that have not ended stand in the indexes of the queue.
create index jobs_failed on jobs (finished_at) where status >= 7 and finished_at is not null;
create index jobs_parked on jobs (updated_at) where state = 'PARKED';
create index jobs_by_institution on jobs (institution_guid, finished_at) where state = 'DONE';
-- Webhooks that wait, the oldest first.
create index webhook_messages_waiting on webhook_messages (created_at) where ended_at is null;

-- What members went through: a change of status has what it was and became, a question that was asked has its words.
create table member_history (
    user_guid text not null,
    member_guid text not null,
    at bigint not null,
    was bigint,
    became bigint,
    asked text,
    foreign key (user_guid, member_guid) references members (user_guid, guid) on delete cascade
);
create index member_history_by_time on member_history (user_guid, member_guid, at);
create index member_history_by_age on member_history (at);

-- Whoever changes a status, by whatever statement, leaves a row.
--sqlite:create trigger members_keep_history after update of connection_status on members
--sqlite:when old.connection_status is not new.connection_status
--sqlite:begin
--sqlite:    insert into member_history (user_guid, member_guid, at, was, became)
--sqlite:    values (new.user_guid, new.guid, new.updated_at, old.connection_status, new.connection_status);
--sqlite:end;
--postgres:create function keep_member_history() returns trigger language plpgsql as $$
--postgres:begin
--postgres:    insert into member_history (user_guid, member_guid, at, was, became)
--postgres:    values (new.user_guid, new.guid, new.updated_at, old.connection_status, new.connection_status);
--postgres:    return null;
--postgres:end $$;
--postgres:create trigger members_keep_history after update of connection_status on members
--postgres:for each row when (old.connection_status is distinct from new.connection_status)
--postgres:execute function keep_member_history();

-- How many live members of each institution are in each status, as summands: -1 stands for none. On PostgreSQL connections write
-- slots of their own, the lower status first, so that hardly ever one waits for another.
create table member_counts (
    institution_guid text not null,
    status bigint not null,
    slot bigint not null,
    members bigint not null,
    primary key (institution_guid, status, slot)
);
insert into member_counts (institution_guid, status, slot, members)
select institution_guid, coalesce(connection_status, -1), 0, count(*) from members where deleted_at is null group by 1, 2;
--sqlite:create trigger members_count_new after insert on members when new.deleted_at is null
--sqlite:begin
--sqlite:    insert into member_counts (institution_guid, status, slot, members)
--sqlite:    values (new.institution_guid, coalesce(new.connection_status, -1), 0, 1)
--sqlite:    on conflict (institution_guid, status, slot) do update set members = members + 1;
--sqlite:end;
--sqlite:create trigger members_count_gone after delete on members when old.deleted_at is null
--sqlite:begin
--sqlite:    update member_counts set members = members - 1 where institution_guid = old.institution_guid
--sqlite:        and status = coalesce(old.connection_status, -1) and slot = 0;
--sqlite:end;
--sqlite:create trigger members_count_changed after update of connection_status, deleted_at on members
--sqlite:when old.connection_status is not new.connection_status
--sqlite:    or (old.deleted_at is null) <> (new.deleted_at is null)
--sqlite:begin
--sqlite:    update member_counts set members = members - 1 where institution_guid = old.institution_guid
--sqlite:        and status = coalesce(old.connection_status, -1) and slot = 0 and old.deleted_at is null;
--sqlite:    insert into member_counts (institution_guid, status, slot, members)
--sqlite:    select new.institution_guid, coalesce(new.connection_status, -1), 0, 1 where new.deleted_at is null
--sqlite:    on conflict (institution_guid, status, slot) do update set members = members + 1;
--sqlite:end;
--postgres:create function count_members() returns trigger language plpgsql as $$
--postgres:declare
--postgres:    place text;
--postgres:    was bigint;
--postgres:    became bigint;
--postgres:begin
--postgres:    if tg_op <> 'INSERT' then
--postgres:        place := old.institution_guid;
--postgres:        if old.deleted_at is null then was := coalesce(old.connection_status, -1); end if;
--postgres:    end if;
--postgres:    if tg_op <> 'DELETE' then
--postgres:        place := new.institution_guid;
--postgres:        if new.deleted_at is null then became := coalesce(new.connection_status, -1); end if;
--postgres:    end if;
--postgres:    if was is distinct from became then
--postgres:        insert into member_counts (institution_guid, status, slot, members)
--postgres:        select place, change.status, pg_backend_pid() % 64, change.members
--postgres:        from (values (was, -1), (became, 1)) change (status, members)
--postgres:        where change.status is not null order by change.status
--postgres:        on conflict (institution_guid, status, slot)
--postgres:        do update set members = member_counts.members + excluded.members;
--postgres:    end if;
--postgres:    return null;
--postgres:end $$;
--postgres:create trigger members_count after insert or delete or update of connection_status, deleted_at on members
--postgres:for each row execute function count_members();

-- Institutions to which an operator lets nobody connect.
create table stopped_institutions (
    institution_guid text primary key references institutions (guid) on delete cascade,
    at bigint not null
);

-- When a client's key was made; none for keys of before.
alter table clients add column key_made_at bigint;
