//! What institutions answered to the fetches of jobs: kept as it came for a time, looked at and imported again by an
//! operator (`riverbank raw`). An answer is called by the id of the job that fetched it.

mod list;
mod packed;
mod reimport;
mod show;

use riverbank_connect::RawAnswer;
use riverbank_model::guid::JobGuid;
use riverbank_store::jobs::Job;
use riverbank_store::{Place, Tx, accounts, raw_answers};

use crate::fault::faults;
use crate::{Engine, Fault};

pub use reimport::Reimported;
pub use riverbank_store::raw_answers::RawAnswerLine;

/// Why nothing is done with an answer.
#[derive(Debug, thiserror::Error)]
pub enum RawAnswerError {
    /// Nobody fetched it, or it was not kept, or no longer.
    #[error("there is no raw answer {0}")]
    NoSuchAnswer(JobGuid),
    /// It is not the last word of its institution.
    #[error("a later answer of the member was imported: {0}")]
    NotTheNewest(JobGuid),
    /// The member is being aggregated.
    #[error("a job of the member is running; try again when it has ended")]
    JobRuns,
    /// It can no longer be read.
    #[error("the raw answer cannot be read: {0}")]
    Unreadable(String),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(RawAnswerError);

/// Keeps what a job has fetched, in the place of what it had fetched before it was interrupted. What is blocked is kept
/// nowhere, and an answer tells of all accounts, so none is kept of a member that has a blocked one.
pub(crate) async fn keep_raw_answer(tx: &Tx, row: &raw_answers::RawAnswer) -> Result<(), Fault> {
    if accounts::has_blocked(tx, &row.user_guid, &row.member_guid).await? {
        return Ok(());
    }
    Ok(raw_answers::store(tx, row).await?)
}

impl Engine {
    /// What is kept of an answer that a job has just fetched; none when the operator wants none kept, or it is too long.
    pub(crate) fn raw_answer_of(
        &self,
        job: &Job,
        answer: &RawAnswer,
    ) -> Result<Option<raw_answers::RawAnswer>, Fault> {
        if self.settings().raw_answers.is_zero() {
            return Ok(None);
        }
        let packed = match packed::pack(answer) {
            Ok(packed) => packed,
            Err(error) => {
                tracing::warn!(job = %job.guid, %error, "a raw answer is not kept");
                return Ok(None);
            }
        };
        Ok(Some(raw_answers::RawAnswer {
            user_guid: job.user_guid.clone(),
            job_guid: job.guid.clone(),
            member_guid: job.member_guid.clone(),
            kind: job.kind,
            include_holdings: job.include_holdings,
            attempt: job.attempt,
            fetched_at: self.now(),
            size: i64::try_from(answer.body.len()).unwrap_or(i64::MAX),
            answer: self.seal(&Place::RawAnswer(&job.user_guid, &job.guid), &packed)?,
        }))
    }

    /// The answer that a job fetched, with its row.
    async fn raw_answer(&self, job: &JobGuid) -> Result<(raw_answers::RawAnswer, RawAnswer), RawAnswerError> {
        let row = raw_answers::find(&*self.store().read().await?, job).await?;
        let row = row.ok_or_else(|| RawAnswerError::NoSuchAnswer(job.clone()))?;
        let packed = match self.unseal(&Place::RawAnswer(&row.user_guid, &row.job_guid), &row.answer) {
            Err(Fault::Damaged(error)) => return Err(RawAnswerError::Unreadable(error.to_string())),
            opened => opened?,
        };
        let answer =
            packed::unpack(&packed).map_err(|error| RawAnswerError::Unreadable(error.to_string()))?;
        Ok((row, answer))
    }
}

#[cfg(test)]
mod tests;
