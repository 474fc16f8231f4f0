-- Jobs of a client, newest first. Whoever writes a job, a version before this one too, writes whose it is.
alter table jobs add column client_guid text not null default '';
update jobs set client_guid = coalesce((select u.client_guid from users u where u.guid = jobs.user_guid), '');
create index jobs_by_client on jobs (client_guid, finished_at) where client_guid > '' and finished_at is not null;
--sqlite:create trigger jobs_of_client after insert on jobs when new.client_guid = ''
--sqlite:begin
--sqlite:    update jobs set client_guid = coalesce((select u.client_guid from users u where u.guid = new.user_guid), '')
--sqlite:    where rowid = new.rowid;
--sqlite:end;
--postgres:create function know_client_of_job() returns trigger language plpgsql as $$
--postgres:begin
--postgres:    new.client_guid := coalesce((select u.client_guid from users u where u.guid = new.user_guid), '');
--postgres:    return new;
--postgres:end $$;
--postgres:create trigger jobs_of_client before insert on jobs
--postgres:for each row when (new.client_guid = '') execute function know_client_of_job();

-- The connection that a visit to the pages came to last: what the visit is to find out of it follows from its jobs.
alter table page_sessions add column member_guid text;

-- Whose an address that was opened was, and the visit that it opened: the page that says that it has ended stands in the frame
-- of that client's sites.
create table page_clients (
    hash {blob} primary key,
    client_guid text not null references clients (guid) on delete cascade,
    expires_at bigint not null
);
create index page_clients_by_expiry on page_clients (expires_at);
