//! Answering the questions of a member: `PUT /members/{member_guid}/resume`.

use jiff::Timestamp;
use riverbank_connect::Answer;
use riverbank_model::ExposeSecret;
use riverbank_model::SecretText;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::job::JobStatus;
use riverbank_store::jobs::{self, JobState};
use riverbank_store::members::{self, Member};
use riverbank_store::{Place, Tx, challenges};

use super::challenges::{OpenQuestion, open_questions, option_guid};
use super::start::next_attempt;
use super::{JobRequest, MemberView, record, touch};
use crate::aggregation::{Asker, Progress};
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// An answer as sent.
#[derive(Clone, Debug)]
pub struct GivenAnswer {
    /// The challenge.
    pub guid: String,
    /// What was typed; the value or the id of the option that was chosen.
    pub value: SecretText,
}

/// Why a member does not go on.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// There is none, or it is another user's.
    #[error("no such member")]
    NoSuchMember,
    /// It waits for no answer.
    #[error("The member is not CHALLENGED.")]
    NotChallenged,
    /// An answer to something that was not asked.
    #[error("Challenge {0} is not an open challenge of the member.")]
    UnknownChallenge(String),
    /// Two answers to one question.
    #[error("Challenge {0} is answered more than once.")]
    Repeated(String),
    /// An answer without text.
    #[error("The answer to challenge {0} is empty.")]
    Empty(String),
    /// Questions that were asked together are answered together.
    #[error("Answers are missing for: {0}.")]
    Unanswered(String),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(ResumeError);

impl Engine {
    /// Hands in the answers; the member is RESUMED and its job goes on.
    pub async fn resume_member(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        answers: Vec<GivenAnswer>,
    ) -> Result<MemberView, ResumeError> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.parts.store.write(async move |tx| {
            let member = members::lock(tx, &caller.user, &guid).await?;
            let mut member = member.ok_or(ResumeError::NoSuchMember)?;
            engine.resume_locked(tx, &mut member, &answers).await?;
            Ok::<_, ResumeError>(member)
        });
        Ok(self.view(writing.await?).await?)
    }

    /// Hands in the answers of a locked member, together with those that were stored before, and writes it.
    pub(crate) async fn resume_locked(
        &self,
        tx: &Tx,
        member: &mut Member,
        given: &[GivenAnswer],
    ) -> Result<(), ResumeError> {
        let now = self.now();
        let is_late = member.challenge_expires_at.is_some_and(|end| now >= end);
        if member.connection_status != Some(ConnectionStatus::Challenged) || is_late {
            return Err(ResumeError::NotChallenged);
        }
        let open = open_questions(tx, member).await?;
        check(&open, given)?;
        let answers = self.answers(&open, given)?;
        challenges::delete(tx, &member.user_guid, &member.guid).await?;
        member.challenge_expires_at = None;
        member.connection_status = Some(ConnectionStatus::Resumed);
        touch(member, now);
        self.go_on(tx, member, answers, now).await?;
        record(tx, member, "members.resume", false).await?;
        Ok(())
    }

    /// Puts the job of a resumed member back into the queue, or makes one when a caller had asked, and writes both.
    async fn go_on(
        &self,
        tx: &Tx,
        member: &mut Member,
        answers: Vec<Answer>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let live = match member.live_job_guid.clone() {
            Some(live) => jobs::lock(tx, &member.user_guid, &live).await?,
            None => None,
        };
        let Some(mut job) = live.filter(|job| job.state == JobState::Parked) else {
            let attempt = next_attempt(tx, member, now).await?;
            let mut job = self.new_job(member, JobRequest::default(), attempt, now);
            job.progress = Some(self.seal_progress(&job, &Progress { asker: Asker::Caller, answers })?);
            members::save(tx, member).await?;
            jobs::insert(tx, &job).await?;
            tx.wake_workers();
            return Ok(());
        };
        match self.open_progress(&job) {
            Ok(progress) => {
                let asker = progress.map(|progress| progress.asker);
                let asker = asker.ok_or_else(|| Fault::internal("a parked job without progress"))?;
                job.progress = Some(self.seal_progress(&job, &Progress { asker, answers })?);
            }
            // The worker that takes the job up ends it.
            Err(Fault::Damaged(_)) => {}
            Err(other) => return Err(other),
        }
        job.state = JobState::Ready;
        job.status = JobStatus::Requested;
        job.run_at = now;
        job.updated_at = now;
        jobs::save(tx, &job).await?;
        members::save(tx, member).await?;
        tx.wake_workers();
        Ok(())
    }

    /// The answers in the connector's words: an option's id becomes its value, stored answers fill the rest.
    fn answers(&self, open: &[OpenQuestion], given: &[GivenAnswer]) -> Result<Vec<Answer>, ResumeError> {
        let mut answers = Vec::with_capacity(open.len());
        let mut missing = Vec::new();
        for question in open {
            let row = &question.row;
            let answer = given.iter().find(|answer| answer.guid == row.guid.as_str());
            let place = Place::Answer(&row.user_guid, &row.member_guid, &row.guid);
            let value = match (answer, &row.answer) {
                (Some(answer), _) => Some(answer.value.clone()),
                (None, Some(sealed)) => self.unseal_undamaged(&place, sealed)?,
                (None, None) => None,
            };
            let Some(value) = value else {
                missing.push(format!("{} ({})", question.challenge.label, row.guid));
                continue;
            };
            answers.push(Answer {
                field_name: question.challenge.field_name.clone(),
                value: chosen(question, value),
            });
        }
        if missing.is_empty() { Ok(answers) } else { Err(ResumeError::Unanswered(missing.join(", "))) }
    }
}

/// Every answer is to an open question, once, and has text.
pub(super) fn check(open: &[OpenQuestion], given: &[GivenAnswer]) -> Result<(), ResumeError> {
    for (index, answer) in given.iter().enumerate() {
        if !open.iter().any(|question| question.row.guid.as_str() == answer.guid) {
            return Err(ResumeError::UnknownChallenge(answer.guid.clone()));
        }
        if given[..index].iter().any(|earlier| earlier.guid == answer.guid) {
            return Err(ResumeError::Repeated(answer.guid.clone()));
        }
        if answer.value.expose_secret().is_empty() {
            return Err(ResumeError::Empty(answer.guid.clone()));
        }
    }
    Ok(())
}

/// The value of the option that an answer names by its id; else the answer itself.
fn chosen(question: &OpenQuestion, value: SecretText) -> SecretText {
    let is_chosen = |index: &usize| option_guid(&question.row.guid, *index).as_str() == value.expose_secret();
    let option = (0..question.challenge.options.len()).find(is_chosen);
    option.map_or(value, |index| SecretText::from(question.challenge.options[index].value.clone()))
}
