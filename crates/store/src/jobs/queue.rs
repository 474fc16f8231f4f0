//! The queue: how workers take jobs, hold them and give them back.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::guid::{JobGuid, MemberGuid, UserGuid};

use crate::db::{Each, StoreError, Tx, params, row, statements};
use crate::machine_time::microseconds;

row! {
    /// A job that a worker has just taken.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Claim {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: JobGuid,
        /// Which member it runs for.
        pub member_guid: MemberGuid,
        /// How often it had been taken away when it was taken: tells this claim from a later one.
        pub interruptions: i64,
        /// The epoch of the sandbox in which it was taken: tells this claim from one of a job that now has its id.
        pub epoch: i64,
    }
}

/// How a worker takes jobs.
#[derive(Clone, Copy, Debug)]
pub struct ClaimTerms<'a> {
    /// Who takes them; no two workers have the same name.
    pub owner: &'a str,
    /// How many at most.
    pub limit: i64,
    /// How many of one institution may run at once, over all workers.
    pub per_institution: i64,
    /// How long they are held without a renewal.
    pub lease: Duration,
    /// Business time.
    pub now: Timestamp,
}

statements! {
    // The institutions that have something due are found by hopping from one to the next over the index, so that
    // the cost does not grow with the backlog of any of them.
    CLAIM: Claim = {
        sqlite: "with recursive due (institution_guid) as (
                select min(institution_guid) from jobs where state = 'READY'
                union all
                select (select min(j.institution_guid) from jobs j
                    where j.state = 'READY' and j.institution_guid > due.institution_guid)
                from due where due.institution_guid is not null
            ), first as (
                select j.user_guid, j.guid, j.run_at,
                    row_number() over (partition by j.institution_guid order by j.run_at, j.guid) as place,
                    (select count(*) from jobs h where h.state = 'RUNNING'
                        and h.institution_guid = j.institution_guid and h.lease_until > {machine_now}) as running
                from due join jobs j on j.rowid in (
                    select r.rowid from jobs r
                    where r.state = 'READY' and r.institution_guid = due.institution_guid and r.run_at <= $1
                    order by r.run_at, r.guid limit $2
                )
                where due.institution_guid is not null
            ), taken as (
                select user_guid, guid from first where place + running <= $2 order by run_at, guid limit $3
            )
            update jobs set state = 'RUNNING', lease_owner = $4, lease_until = {machine_now} + $5,
                epoch = (select number from epoch)
            where (user_guid, guid) in (select user_guid, guid from taken)
            returning {columns}",
        postgres: "with recursive due (institution_guid) as (
                (select institution_guid from jobs where state = 'READY' order by institution_guid limit 1)
                union all
                select (select j.institution_guid from jobs j
                    where j.state = 'READY' and j.institution_guid > due.institution_guid
                    order by j.institution_guid limit 1)
                from due where due.institution_guid is not null
            ), taken as (
                select t.user_guid, t.guid from due cross join lateral (
                    select r.user_guid, r.guid, r.run_at from jobs r
                    where r.state = 'READY' and r.institution_guid = due.institution_guid and r.run_at <= $1
                    order by r.run_at
                    limit greatest(0, $2 - (select count(*) from jobs h where h.state = 'RUNNING'
                        and h.institution_guid = due.institution_guid and h.lease_until > {machine_now}))
                    for update skip locked
                ) t
                where due.institution_guid is not null
                order by t.run_at limit $3
            )
            update jobs set state = 'RUNNING', lease_owner = $4, lease_until = {machine_now} + $5,
                epoch = (select number from epoch)
            from taken where jobs.user_guid = taken.user_guid and jobs.guid = taken.guid
            returning {columns jobs}",
    };
    // Claims count what runs, so they take turns; nodes on PostgreSQL by this lock.
    CLAIM_TURN: (i64,) = {
        sqlite: "select 1",
        postgres: "select cast(1 as bigint) from (select pg_advisory_xact_lock(8040)) turn",
    };
    RENEW = {
        sqlite: "update jobs set lease_until = {machine_now} + $1
            where state = 'RUNNING' and lease_owner = $2 and guid in {each $3}",
        postgres: "update jobs set lease_until = {machine_now} + $1
            from (select user_guid, guid from jobs
                where state = 'RUNNING' and lease_owner = $2 and guid in {each $3}
                order by user_guid, guid for update) held
            where jobs.user_guid = held.user_guid and jobs.guid = held.guid",
    };
    RECLAIM: Claim = {
        sqlite: "update jobs set state = 'READY', lease_owner = null, lease_until = null,
                interruptions = interruptions + 1
            where state = 'RUNNING' and lease_until <= {machine_now}
            returning {columns}",
        postgres: "update jobs set state = 'READY', lease_owner = null, lease_until = null,
                interruptions = jobs.interruptions + 1
            from (select user_guid, guid from jobs
                where state = 'RUNNING' and lease_until <= {machine_now}
                order by user_guid, guid for update skip locked) lost
            where jobs.user_guid = lost.user_guid and jobs.guid = lost.guid
            returning {columns jobs}",
    };
    BRING_FORWARD = "update jobs set run_at = run_at - $1 where state = 'READY' and run_at > $2";
    RECLAIM_ALL: Claim = "update jobs set state = 'READY', lease_owner = null, lease_until = null,
            interruptions = interruptions + 1
        where state = 'RUNNING' returning {columns}";
    RELEASE = "update jobs set state = 'READY', lease_owner = null, lease_until = null
        where state = 'RUNNING' and lease_owner = $1";
    END_LEASES = "update jobs set lease_until = 0 where state = 'RUNNING'";
    EXPIRED: (i64,) = "select count(*) from jobs where state = 'RUNNING' and lease_until <= {machine_now}";
    NEXT_DUE: (Option<i64>,) = "select min(run_at) from jobs where state = 'READY'";
    NEXT_AFTER: (Option<i64>,) = "select min(run_at) from jobs where state = 'READY' and run_at > $1";
    // One statement each: a job that goes from one state to the other between two would be in neither.
    BUSY: (i64,) = "select (select count(*) from jobs where state = 'READY' and run_at <= $1)
        + (select count(*) from jobs where state = 'RUNNING')";
    LENGTH: (i64, i64) = "select (select count(*) from jobs where state = 'READY'),
        (select count(*) from jobs where state = 'RUNNING')";
}

/// Takes jobs that are due, oldest first, no more of an institution than may run at once.
pub async fn claim(tx: &Tx, terms: &ClaimTerms<'_>) -> Result<Vec<Claim>, StoreError> {
    let lease = microseconds(terms.lease);
    tx.query_one(&CLAIM_TURN, params![]).await?;
    tx.query(&CLAIM, params![terms.now, terms.per_institution, terms.limit, terms.owner, lease]).await
}

/// Holds jobs for longer. One that is being written just now is waited for, and not left to run out.
pub async fn renew(tx: &Tx, owner: &str, jobs: &[JobGuid], lease: Duration) -> Result<(), StoreError> {
    tx.execute(&RENEW, params![microseconds(lease), owner, Each::of(jobs)]).await.map(drop)
}

/// Whether the lease of some job ran out.
pub async fn has_expired_leases(tx: &Tx) -> Result<bool, StoreError> {
    tx.query_one(&EXPIRED, params![]).await.map(|(count,)| count > 0)
}

/// Puts jobs whose lease ran out back into the queue.
pub async fn reclaim(tx: &Tx) -> Result<Vec<Claim>, StoreError> {
    tx.query(&RECLAIM, params![]).await
}

/// Puts every job that runs back into the queue: for the only server of a database, as it starts.
pub async fn reclaim_all(tx: &Tx) -> Result<Vec<Claim>, StoreError> {
    tx.query(&RECLAIM_ALL, params![]).await
}

/// Lets every lease run out at once: for a database that was moved, whose workers are not coming back.
pub async fn end_leases(tx: &Tx) -> Result<(), StoreError> {
    tx.execute(&END_LEASES, params![]).await.map(drop)
}

/// Makes jobs that wait beyond `now` due so much earlier: for a business clock that was set back by as much.
pub async fn bring_forward(tx: &Tx, by: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    tx.execute(&BRING_FORWARD, params![by, now]).await.map(drop)
}

/// Gives back what a worker holds, as it stops. Not an interruption of the job's.
pub async fn release(tx: &Tx, owner: &str) -> Result<(), StoreError> {
    tx.execute(&RELEASE, params![owner]).await.map(drop)
}

/// When the next READY job is due; business time.
pub async fn next_due(tx: &Tx) -> Result<Option<Timestamp>, StoreError> {
    let (due,): (Option<i64>,) = tx.query_one(&NEXT_DUE, params![]).await?;
    Ok(due.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

/// When the first READY job falls due after `after`; business time.
pub async fn next_after(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let (due,) = tx.query_one(&NEXT_AFTER, params![after]).await?;
    Ok(due.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

/// Whether a job is due or runs.
pub async fn is_busy(tx: &Tx, now: Timestamp) -> Result<bool, StoreError> {
    tx.query_one(&BUSY, params![now]).await.map(|(count,)| count > 0)
}

/// How many jobs wait for a worker, and how many workers hold one.
pub async fn queue_length(tx: &Tx) -> Result<(i64, i64), StoreError> {
    tx.query_one(&LENGTH, params![]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::conformance::{Bench, rules};
    use crate::users::tests::{statement, with_two_users};

    rules! {
        async fn a_job_that_changes_hands_is_seen_at_any_moment(bench: Bench) {
            with_two_users(&bench).await;
            let ready = statement("update jobs set state = 'READY'");
            bench.store.write(async move |tx| tx.execute(ready, params![]).await).await.unwrap();
            let now = Timestamp::UNIX_EPOCH;
            let store = bench.store.clone();
            let handing_on = tokio::spawn(async move {
                let lease = Duration::from_mins(5);
                let terms = ClaimTerms { owner: "worker", limit: 10, per_institution: 10, lease, now };
                for _ in 0..100 {
                    let claims = store.write(async move |tx| claim(tx, &terms).await).await.unwrap();
                    assert_eq!(claims.len(), 2);
                    store.write(async |tx| release(tx, "worker").await).await.unwrap();
                }
            });
            while !handing_on.is_finished() {
                let reader = bench.store.read().await.unwrap();
                assert!(is_busy(&reader, now).await.unwrap());
                let (ready, running) = queue_length(&reader).await.unwrap();
                assert_eq!(ready + running, 2);
            }
            handing_on.await.unwrap();
        }
    }
}
