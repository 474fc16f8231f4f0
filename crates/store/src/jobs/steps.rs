//! The steps of jobs, which go with them.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{JobGuid, UserGuid};
use riverbank_model::job_step::{StepEnding, StepKind};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A step of a job.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct JobStep {
        /// Whose the job is.
        pub user_guid: UserGuid,
        /// The job.
        pub job_guid: JobGuid,
        /// What it is.
        pub kind: StepKind,
        /// When it began; business time.
        pub began_at: Timestamp,
        /// How long it took, in microseconds of machine time; none where nobody was left to measure it.
        pub took: Option<i64>,
        /// What came of it.
        pub ending: StepEnding,
        /// What a refusal amounts to.
        pub status: Option<ConnectionStatus>,
    }
}

statements! {
    // Whoever adds steps has locked the job, so nobody else takes the number.
    ADD for JobStep = "insert into job_steps ({columns}, number) values ({values},
        (select coalesce(max(number), 0) + 1 from job_steps where user_guid = $1 and job_guid = $2))";
    LIST: JobStep = "select {columns} from job_steps where user_guid = $1 and job_guid = $2 order by number";
}

/// Adds steps to a job that this unit of work has locked, in their order.
pub async fn add(tx: &Tx, steps: &[JobStep]) -> Result<(), StoreError> {
    tx.execute_many(&ADD, steps.iter().map(ToRow::values)).await.map(drop)
}

/// The steps of a job, in the order in which they were made.
pub async fn list(tx: &Tx, user: &UserGuid, job: &JobGuid) -> Result<Vec<JobStep>, StoreError> {
    tx.query(&LIST, params![user, job]).await
}
