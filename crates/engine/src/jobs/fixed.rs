//! The jobs of the members of the static test endpoints.

use riverbank_model::connection::{ConnectionStatus, Group};
use riverbank_model::job::JobStatus;
use riverbank_store::jobs::{Job, JobState};

use super::ResumeJobError;
use crate::aggregation::job_status;
use crate::fixed::{AT, FixedMember};
use crate::{Engine, Fault};

impl Engine {
    /// The newest job of a member.
    pub async fn fixed_job(&self, fixed: FixedMember) -> Result<Job, Fault> {
        let (_, job) = self.fixed_row(fixed).await?;
        let status = match fixed.status() {
            ConnectionStatus::Challenged => JobStatus::Challenged,
            ConnectionStatus::Resumed => JobStatus::Requested,
            other if other.group() == Group::Processing => JobStatus::Initiated,
            other => job_status(other),
        };
        let is_done = !fixed.is_being_aggregated();
        Ok(Job {
            status,
            state: if is_done { JobState::Done } else { job.state },
            is_authenticated: fixed.status().group() == Group::Connected,
            started_at: (status != JobStatus::Initiated).then_some(AT),
            finished_at: is_done.then_some(AT),
            ..job
        })
    }

    /// The job as answers would have left it.
    pub async fn resume_fixed_job(&self, fixed: FixedMember) -> Result<Job, ResumeJobError> {
        if fixed.status() != ConnectionStatus::Challenged {
            return Err(ResumeJobError::NotChallenged);
        }
        Ok(self.fixed_job(fixed.moved_to(ConnectionStatus::Resumed)).await?)
    }
}
