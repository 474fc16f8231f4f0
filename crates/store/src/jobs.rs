//! Jobs, and the queue that they are.
//!
//! A job is READY until a worker takes it under a lease, PARKED while its member is asked something, DONE at its end.
//! A lease that runs out is taken over. Leases are in machine time: the database's own on PostgreSQL.

pub mod log;
pub(crate) mod queue;
pub mod steps;

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{InstitutionGuid, JobGuid, MemberGuid, UserGuid};
use riverbank_model::job::{JobKind, JobStatus};

pub use queue::{
    Claim, ClaimTerms, bring_forward, claim, end_leases, has_expired_leases, is_busy, next_after, next_due,
    queue_length, reclaim, reclaim_all, release, renew,
};

use crate::db::{
    FromValue, Kind, StoreError, ToRow, ToValue, Tx, Unreadable, Value, params, row, statements,
};

/// Where a job stands in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// To be taken up at `run_at`.
    Ready,
    /// In the hands of a worker.
    Running,
    /// Waiting for answers; nobody holds it.
    Parked,
    /// Ended.
    Done,
}

impl JobState {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Ready, "READY"), (Self::Running, "RUNNING"), (Self::Parked, "PARKED"), (Self::Done, "DONE")];
}

impl ToValue for JobState {
    fn to_value(&self) -> Value<'_> {
        let name = Self::ALL.iter().find(|(state, _)| state == self).map_or("DONE", |(_, name)| name);
        Value::Text(name.into())
    }
}

impl FromValue for JobState {
    const KIND: Kind = Kind::Text;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        let text = String::from_value(value)?;
        let known = Self::ALL.iter().find(|(_, name)| *name == text);
        known.map(|(state, _)| *state).ok_or(Unreadable("no state of a job"))
    }
}

row! {
    /// A job as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Job {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: JobGuid,
        /// Which member it runs for.
        pub member_guid: MemberGuid,
        /// Against which institution.
        pub institution_guid: InstitutionGuid,
        /// What for.
        pub kind: JobKind,
        /// How far it has come, for the API.
        pub status: JobStatus,
        /// Where it stands in the queue.
        pub state: JobState,
        /// When a READY one may be taken up; business time.
        pub run_at: Timestamp,
        /// Until when a RUNNING one is held; machine time in microseconds.
        pub lease_until: Option<i64>,
        /// Who holds it.
        pub lease_owner: Option<String>,
        /// Times that it was interrupted by us.
        pub interruptions: i64,
        /// The epoch of the sandbox in which a worker last took it.
        pub epoch: i64,
        /// The how-manieth attempt of its member it is.
        pub attempt: i64,
        /// Its result no longer sets the member's status.
        pub is_superseded: bool,
        /// Another job follows at its end.
        pub has_follow_up: bool,
        /// Started by the schedule, and not by a caller.
        pub is_background: bool,
        /// Whether transactions are fetched.
        pub include_transactions: bool,
        /// Whether holdings are fetched.
        pub include_holdings: bool,
        /// Whether credentials and answers satisfied the institution.
        pub is_authenticated: bool,
        /// The connector's state and the answers given, sealed.
        pub progress: Option<Vec<u8>>,
        /// Why it did not end well.
        pub error_message: Option<String>,
        /// The institution's own code of that.
        pub error_message_code: Option<i64>,
        /// The status that it gave its member.
        pub outcome: Option<ConnectionStatus>,
        /// Children ever made.
        pub children_made: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was first taken up.
        pub started_at: Option<Timestamp>,
        /// When it ended.
        pub finished_at: Option<Timestamp>,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// Transactions that it has brought in anew; none when they were not counted.
        pub transactions_created: Option<i64>,
        /// Transactions that it has found changed; none when they were not counted.
        pub transactions_updated: Option<i64>,
        /// Text of the call that caused it, to be echoed on its webhooks.
        pub callback_payload: Option<String>,
    }
}

statements! {
    INSERT for Job = "insert into jobs ({columns}) values ({values})";
    FIND: Job = "select {columns j} from jobs j where j.user_guid = $1 and j.guid = $2
        and exists (select 1 from members m
            where m.user_guid = j.user_guid and m.guid = j.member_guid and m.deleted_at is null)";
    LOCK: Job = {
        sqlite: "select {columns} from jobs where user_guid = $1 and guid = $2",
        postgres: "select {columns} from jobs where user_guid = $1 and guid = $2 for update",
    };
    UPDATE = "update jobs set status = $1, state = $2, run_at = $3, lease_until = $4, lease_owner = $5,
        interruptions = $6, is_superseded = $7, has_follow_up = $8, is_authenticated = $9, progress = $10,
        error_message = $11, error_message_code = $12, outcome = $13, children_made = $14, started_at = $15,
        finished_at = $16, updated_at = $17, callback_payload = $18 where user_guid = $19 and guid = $20";
    FOLLOW: (i64,) = "update jobs set purge_at = $1 where user_guid = $2 and guid = $3 returning attempt";
    COUNT_IMPORTED = "update jobs set transactions_created = coalesce(transactions_created, 0) + $1,
        transactions_updated = coalesce(transactions_updated, 0) + $2 where user_guid = $3 and guid = $4";
    FAILURES: (i64,) = "select count(*) from jobs where user_guid = $1 and member_guid = $2
        and created_at >= $3 and outcome = $4 and finished_at is not null";
    // What may be null keeps PostgreSQL from the index on the ends of all jobs.
    DONE_WELL: (JobKind,) = "select distinct kind from jobs where user_guid = $1 and member_guid = $2
        and coalesce(finished_at, 0) >= $3 and status = $4";
}

/// Writes a new job. The unique index `jobs_live` refuses a second one that has not ended.
pub async fn insert(tx: &Tx, job: &Job) -> Result<(), StoreError> {
    tx.execute(&INSERT, &job.values()).await.map(drop)
}

/// A job of a user whose member is not deleted.
pub async fn find(tx: &Tx, user: &UserGuid, guid: &JobGuid) -> Result<Option<Job>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// A job that nobody else may change before this unit of work ends. Lock its member first.
pub async fn lock(tx: &Tx, user: &UserGuid, guid: &JobGuid) -> Result<Option<Job>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// Writes what can change of a job.
pub async fn save(tx: &Tx, job: &Job) -> Result<(), StoreError> {
    tx.execute(
        &UPDATE,
        params![
            job.status,
            job.state,
            job.run_at,
            job.lease_until,
            job.lease_owner,
            job.interruptions,
            job.is_superseded,
            job.has_follow_up,
            job.is_authenticated,
            job.progress,
            job.error_message,
            job.error_message_code,
            job.outcome,
            job.children_made,
            job.started_at,
            job.finished_at,
            job.updated_at,
            job.callback_payload,
            job.user_guid,
            job.guid
        ],
    )
    .await
    .map(drop)
}

/// Counts what a job has brought in, beside what it had before.
pub async fn count_imported(
    tx: &Tx,
    user: &UserGuid,
    guid: &JobGuid,
    (created, updated): (i64, i64),
) -> Result<(), StoreError> {
    tx.execute(&COUNT_IMPORTED, params![created, updated, user, guid]).await.map(drop)
}

/// Says that another job follows the newest of a member, which goes at `purge_at`; the how-manieth attempt that was.
pub async fn follow(
    tx: &Tx,
    user: &UserGuid,
    newest: &JobGuid,
    purge_at: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let attempt = tx.query_opt(&FOLLOW, params![purge_at, user, newest]).await?;
    Ok(attempt.map(|(attempt,)| attempt))
}

/// How many jobs of a member that were made since `since` ended as FAILED.
pub async fn failures_since(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
    since: Timestamp,
) -> Result<i64, StoreError> {
    tx.query_one(&FAILURES, params![user, member, since, ConnectionStatus::Failed])
        .await
        .map(|(count,)| count)
}

/// The kinds of jobs of a member that ended well since `since`.
pub async fn kinds_done_since(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
    since: Timestamp,
) -> Result<Vec<JobKind>, StoreError> {
    let kinds = tx.query(&DONE_WELL, params![user, member, since, JobStatus::Completed]).await?;
    Ok(kinds.into_iter().map(|(kind,)| kind).collect())
}
