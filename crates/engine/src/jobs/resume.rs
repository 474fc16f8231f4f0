//! Going on with a job whose answers were stored before: the deprecated `/jobs/{job_guid}/resume`.

use riverbank_model::guid::JobGuid;
use riverbank_store::jobs::{self, Job, JobState};
use riverbank_store::members;

use crate::fault::faults;
use crate::members::ResumeError;
use crate::{Caller, Engine, Fault};

/// Why a job does not go on.
#[derive(Debug, thiserror::Error)]
pub enum ResumeJobError {
    /// There is none, or it is another user's.
    #[error("no such job")]
    NoSuchJob,
    /// It waits for no answer.
    #[error("The job is not CHALLENGED.")]
    NotChallenged,
    /// Not every question has its answer.
    #[error(transparent)]
    Answers(ResumeError),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(ResumeJobError);

impl From<ResumeError> for ResumeJobError {
    fn from(error: ResumeError) -> Self {
        match error {
            ResumeError::NoSuchMember => Self::NoSuchJob,
            ResumeError::NotChallenged => Self::NotChallenged,
            ResumeError::Fault(fault) => Self::Fault(fault),
            other => Self::Answers(other),
        }
    }
}

impl Engine {
    /// Goes on with the answers that were stored one by one.
    pub async fn resume_job(&self, caller: &Caller, guid: &JobGuid) -> Result<Job, ResumeJobError> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.parts.store.write(async move |tx| {
            let job = jobs::find(tx, &caller.user, &guid).await?.ok_or(ResumeJobError::NoSuchJob)?;
            let member = members::lock(tx, &caller.user, &job.member_guid).await?;
            let mut member = member.ok_or(ResumeJobError::NoSuchJob)?;
            let job = jobs::lock(tx, &caller.user, &guid).await?.ok_or(ResumeJobError::NoSuchJob)?;
            if job.state != JobState::Parked {
                return Err(ResumeJobError::NotChallenged);
            }
            engine.resume_locked(tx, &mut member, &[]).await?;
            jobs::find(tx, &caller.user, &guid).await?.ok_or(ResumeJobError::NoSuchJob)
        });
        writing.await
    }
}
