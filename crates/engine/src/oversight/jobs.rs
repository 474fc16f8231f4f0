//! Jobs of all users, and doing one over.

use jiff::Timestamp;
use riverbank_model::guid::JobGuid;
use riverbank_model::job::JobKind;
use riverbank_store::jobs::log::{self, Open, Which};
use riverbank_store::jobs::steps::{self, JobStep};
use riverbank_store::jobs::{self, Job, JobState};
use riverbank_store::{members, whereabouts};

use super::in_the_name_of;
use crate::fault::faults;
use crate::members::{Aggregated, AggregationOptions, StartJobError};
use crate::{Engine, Fault};

/// Jobs in the order of their list.
pub type JobList = Vec<Job>;

/// Why a job is not done over.
#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    /// There is none, or it is older than what is kept.
    #[error("no such job")]
    NoSuchJob,
    /// Another one of its member has followed.
    #[error("A newer job of this member has followed: look there.")]
    Followed,
    /// It goes on by itself.
    #[error("This job has not ended.")]
    NotEnded,
    /// It did what it was for.
    #[error("This job ended well.")]
    EndedWell,
    /// The state of the member, its institution or the throttle forbids it.
    #[error(
        "Nothing was started: the member's status, its institution's switch or the time since the last job forbids it."
    )]
    NotNow,
    /// As its partner would be refused.
    #[error(transparent)]
    Start(StartJobError),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(RetryError);

impl From<StartJobError> for RetryError {
    fn from(error: StartJobError) -> Self {
        match error {
            StartJobError::Fault(fault) => Self::Fault(fault),
            other => Self::Start(other),
        }
    }
}

impl Engine {
    /// Jobs that ended at `until` or before, the newest first: `limit` of them after the first `skip`.
    pub async fn ended_jobs(
        &self,
        which: Which<'_>,
        until: Timestamp,
        limit: i64,
        skip: i64,
    ) -> Result<JobList, Fault> {
        Ok(log::ended(&*self.store().read().await?, which, until, limit, skip).await?)
    }

    /// Jobs that have not ended, from `place` in their list on: `limit` of them after the first `skip`.
    pub async fn open_jobs(
        &self,
        open: Open,
        place: Timestamp,
        limit: i64,
        skip: i64,
    ) -> Result<JobList, Fault> {
        Ok(log::open(&*self.store().read().await?, open, place, limit, skip).await?)
    }

    /// How many jobs wait for a worker or their time.
    pub async fn waiting_jobs(&self) -> Result<i64, Fault> {
        Ok(jobs::queue_length(&*self.store().read().await?).await?.0)
    }

    /// A job of any user; none when there is no such job, or its member is deleted.
    pub async fn any_job(&self, guid: &JobGuid) -> Result<Option<Job>, Fault> {
        let reader = self.store().read().await?;
        let Some(key) = whereabouts::job(&reader, guid).await? else { return Ok(None) };
        Ok(jobs::find(&reader, &key.user_guid, &key.guid).await?)
    }

    /// The steps of a job that have come to their end, in the order in which they were made: those of a run are there once it
    /// has come to its next stop.
    pub async fn steps_of(&self, job: &Job) -> Result<Vec<JobStep>, Fault> {
        Ok(steps::list(&*self.store().read().await?, &job.user_guid, &job.guid).await?)
    }

    /// Does the newest job of a member over that came to nothing, by the operation that starts its kind; the new job.
    pub async fn retry_job(&self, guid: &JobGuid) -> Result<JobGuid, RetryError> {
        let job = self.any_job(guid).await?.ok_or(RetryError::NoSuchJob)?;
        if job.state != JobState::Done {
            return Err(RetryError::NotEnded);
        }
        let member = members::find(&*self.store().read().await?, &job.user_guid, &job.member_guid).await?;
        let member = member.ok_or(RetryError::NoSuchJob)?;
        if member.most_recent_job_guid.as_ref() != Some(&job.guid) {
            return Err(RetryError::Followed);
        }
        if log::FAILED_STATUSES.iter().all(|status| *status != job.status) {
            return Err(RetryError::EndedWell);
        }
        let (caller, of) = (in_the_name_of(&member), &member.guid);
        let started = match job.kind {
            JobKind::Aggregation => {
                let options = AggregationOptions {
                    include_holdings: job.include_holdings,
                    include_transactions: job.include_transactions,
                };
                self.aggregate_member(&caller, of, options).await?
            }
            JobKind::Verification => self.verify_member(&caller, of, job.include_transactions).await?,
            JobKind::Identification => self.identify_member(&caller, of, job.include_transactions).await?,
            JobKind::History => self.extend_history(&caller, of).await?,
            JobKind::Balance => self.check_balance(&caller, of).await?,
        };
        let Aggregated::Changed(view) = started else { return Err(RetryError::NotNow) };
        view.member.most_recent_job_guid.filter(|newest| newest != guid).ok_or(RetryError::NotNow)
    }
}
