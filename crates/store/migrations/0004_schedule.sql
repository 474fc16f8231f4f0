-- The refresh of members in the background, and the retention of ended jobs, vanished transactions and the audit.

alter table members add column next_refresh_at bigint;
create index members_by_refresh on members (next_refresh_at, guid) where next_refresh_at is not null;
alter table clients add column background_aggregation_is_disabled boolean not null default false;
alter table institutions add column background_aggregation_is_disabled boolean not null default false;
alter table jobs add column is_background boolean not null default false;
-- Set when another job of its member follows.
alter table jobs add column purge_at bigint;
create index jobs_by_purge on jobs (purge_at) where purge_at is not null;
create index transactions_by_deletion on transactions (deleted_at) where deleted_at is not null;
create index audit_by_time on audit (at);

-- Members as they stand: CREATED, CONNECTED or UPDATED, for PFM, twenty hours after their last aggregation. Most are
-- late by that, and so are spread over a day.
update members set next_refresh_at = coalesce(aggregated_at, created_at) + 72000000000
where deleted_at is null and live_job_guid is null and not background_aggregation_is_disabled
    and connection_status in (0, 6, 15) and use_cases >= 2;
update jobs set purge_at = updated_at + 7776000000000
where state = 'DONE' and not exists (
    select 1 from members where members.user_guid = jobs.user_guid and members.most_recent_job_guid = jobs.guid
);
