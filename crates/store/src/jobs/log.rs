//! Jobs of all users, as operators look at them: the newest first, each list through an index of its own.

use jiff::Timestamp;
use riverbank_model::guid::{ClientGuid, InstitutionGuid};
use riverbank_model::job::JobStatus;

use super::Job;
use crate::db::{StoreError, Tx, params, statements};
use crate::due::MemberKey;

statements! {
    ENDED: Job = "select {columns} from jobs where finished_at is not null and finished_at <= $1
        order by finished_at desc, guid limit $2 offset $3";
    // The numbers from 7 are those of jobs that came to nothing.
    FAILED: Job = "select {columns} from jobs where status >= 7 and finished_at is not null and finished_at <= $1
        order by finished_at desc, guid limit $2 offset $3";
    AT_INSTITUTION: Job = "select {columns} from jobs
        where institution_guid = $1 and state = 'DONE' and finished_at <= $2
        order by finished_at desc, guid limit $3 offset $4";
    OF_CLIENT: Job = "select {columns} from jobs
        where client_guid = $1 and client_guid > '' and finished_at is not null and finished_at <= $2
        order by finished_at desc, guid limit $3 offset $4";
    RUNNING: Job = "select {columns} from jobs where state = 'RUNNING' and updated_at <= $1
        order by updated_at desc, guid limit $2 offset $3";
    WAITING: Job = "select {columns} from jobs where state = 'READY' and run_at >= $1
        order by run_at, guid limit $2 offset $3";
    PARKED: Job = "select {columns} from jobs where state = 'PARKED' and updated_at <= $1
        order by updated_at desc, guid limit $2 offset $3";
    OF_MEMBER: Job = "select {columns} from jobs where user_guid = $1 and member_guid = $2 and created_at <= $3
        order by created_at desc, guid limit $4";
}

/// The statuses of jobs that came to nothing.
pub const FAILED_STATUSES: [JobStatus; 3] = [JobStatus::Prevented, JobStatus::Denied, JobStatus::Halted];

/// Which jobs.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// That have ended.
    Ended,
    /// That have ended and came to nothing.
    Failed,
    /// That have ended, of members of this institution.
    At(&'a InstitutionGuid),
    /// That have ended, of users of this client.
    Of(&'a ClientGuid),
}

/// Which jobs of those that have not ended, and where one stands among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// In the hands of workers: by their last change, the newest first.
    Running,
    /// That wait for answers of end users: by when they asked, the newest first.
    Parked,
    /// That wait for a worker or their time: by when they are due, the first that is due first.
    Waiting,
}

impl Open {
    /// Where the list begins.
    pub fn first(self) -> Timestamp {
        match self {
            Self::Running | Self::Parked => Timestamp::MAX,
            Self::Waiting => Timestamp::UNIX_EPOCH,
        }
    }

    /// Where a job stands in the list.
    pub fn place(self, job: &Job) -> Timestamp {
        match self {
            Self::Running | Self::Parked => job.updated_at,
            Self::Waiting => job.run_at,
        }
    }
}

/// Jobs that ended at `until` or before, the newest first, without the first `skip`.
pub async fn ended(
    tx: &Tx,
    which: Which<'_>,
    until: Timestamp,
    limit: i64,
    skip: i64,
) -> Result<Vec<Job>, StoreError> {
    match which {
        Which::Ended => tx.query(&ENDED, params![until, limit, skip]).await,
        Which::Failed => tx.query(&FAILED, params![until, limit, skip]).await,
        Which::At(institution) => tx.query(&AT_INSTITUTION, params![institution, until, limit, skip]).await,
        Which::Of(client) => tx.query(&OF_CLIENT, params![client, until, limit, skip]).await,
    }
}

/// Jobs that have not ended, from `place` on, without the first `skip`.
pub async fn open(
    tx: &Tx,
    open: Open,
    place: Timestamp,
    limit: i64,
    skip: i64,
) -> Result<Vec<Job>, StoreError> {
    let statement = match open {
        Open::Running => &RUNNING,
        Open::Parked => &PARKED,
        Open::Waiting => &WAITING,
    };
    tx.query(statement, params![place, limit, skip]).await
}

/// Jobs of a member that were made at `until` or before, the newest first.
pub async fn of_member(
    tx: &Tx,
    member: &MemberKey,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Job>, StoreError> {
    tx.query(&OF_MEMBER, params![member.user_guid, member.guid, until, limit]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statuses_of_the_statement_are_those_that_came_to_nothing() {
        for status in JobStatus::ALL {
            assert_eq!(status.id() >= 7, FAILED_STATUSES.contains(status), "{status:?}");
        }
    }
}
