//! The open questions of a job, in the form of credentials: `GET /jobs/{job_guid}/mfa_credentials`.

use riverbank_model::guid::JobGuid;
use riverbank_store::jobs::{self, Job};
use riverbank_store::members;

use crate::members::{ChallengeView, OpenQuestion, open_questions};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A job and its open questions, none when it waits for no answer; nothing when there is no such job.
    pub async fn job_challenges(
        &self,
        caller: &Caller,
        guid: &JobGuid,
    ) -> Result<Option<(Job, Vec<ChallengeView>)>, Fault> {
        let reader = self.parts.store.read().await?;
        let Some(job) = jobs::find(&reader, &caller.user, guid).await? else { return Ok(None) };
        let Some(member) = members::find(&reader, &caller.user, &job.member_guid).await? else {
            return Ok(None);
        };
        let mut open = open_questions(&reader, &member).await?;
        open.retain(|question| question.row.job_guid.as_ref() == Some(guid));
        Ok(Some((job, open.into_iter().map(OpenQuestion::view).collect())))
    }
}
