//! The open questions of a member: `GET /members/{member_guid}/challenges`.

use jiff::Timestamp;
use riverbank_model::challenge::Challenge;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{self, CredentialGuid, JobGuid, MemberGuid, OptionGuid};
use riverbank_store::Tx;
use riverbank_store::challenges::{self, OpenChallenge};
use riverbank_store::jobs::Job;
use riverbank_store::member_history::{self, MemberMoment};
use riverbank_store::members::{self, Member};

use super::NoSuchMember;
use crate::{Caller, Engine, Fault};

/// A question as answers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeView {
    /// Named again in the answer.
    pub guid: CredentialGuid,
    /// The question.
    pub challenge: Challenge,
    /// When it was asked.
    pub created_at: Timestamp,
}

impl ChallengeView {
    /// The id of its `index`-th choice.
    pub fn option_guid(&self, index: usize) -> OptionGuid {
        option_guid(&self.guid, index)
    }
}

/// A question with its row.
pub(crate) struct OpenQuestion {
    pub(crate) row: OpenChallenge,
    pub(crate) challenge: Challenge,
}

/// The id of the `index`-th choice of a challenge.
pub(crate) fn option_guid(challenge: &CredentialGuid, index: usize) -> OptionGuid {
    guid::fixed(&[challenge.as_str(), &index.to_string()])
}

impl Engine {
    /// The open questions of a member; none when it is not CHALLENGED.
    pub async fn list_challenges(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
    ) -> Result<Result<Option<Vec<ChallengeView>>, NoSuchMember>, Fault> {
        let reader = self.parts.store.read().await?;
        let Some(member) = members::find(&reader, &caller.user, guid).await? else {
            return Ok(Err(NoSuchMember));
        };
        if member.connection_status != Some(ConnectionStatus::Challenged) {
            return Ok(Ok(None));
        }
        let open = open_questions(&reader, &member).await?;
        Ok(Ok(Some(open.into_iter().map(OpenQuestion::view).collect())))
    }

    /// Writes questions of a locked member, which is CHALLENGED by them; the caller writes member and job.
    pub(crate) async fn ask(
        &self,
        tx: &Tx,
        member: &mut Member,
        job: Option<&mut Job>,
        questions: &[Challenge],
        now: Timestamp,
    ) -> Result<(), Fault> {
        let job_guid: Option<JobGuid> = job.as_ref().map(|job| job.guid.clone());
        let parent = job_guid.as_ref().map_or(member.guid.as_str(), JobGuid::as_str).to_owned();
        let counter = match job {
            Some(job) => &mut job.children_made,
            None => &mut member.children_made,
        };
        let mut rows = Vec::with_capacity(questions.len());
        for (position, question) in (1..).zip(questions) {
            *counter += 1;
            let text = serde_json::to_string(question).map_err(Fault::internal)?;
            rows.push((position, *counter, text));
        }
        let rows: Vec<OpenChallenge> = rows
            .into_iter()
            .map(|(position, number, question)| OpenChallenge {
                user_guid: member.user_guid.clone(),
                member_guid: member.guid.clone(),
                guid: self.guid_within(&member.user_guid, &parent, number),
                job_guid: job_guid.clone(),
                position,
                question,
                answer: None,
                created_at: now,
            })
            .collect();
        challenges::insert(tx, &rows).await?;
        let asked: Vec<MemberMoment> = questions
            .iter()
            .map(|question| MemberMoment {
                user_guid: member.user_guid.clone(),
                member_guid: member.guid.clone(),
                at: now,
                was: None,
                became: None,
                asked: Some(question.label.clone()),
            })
            .collect();
        member_history::insert(tx, &asked).await?;
        member.connection_status = Some(ConnectionStatus::Challenged);
        member.challenge_expires_at = now.checked_add(self.settings().challenge_life).ok();
        Ok(())
    }
}

impl OpenQuestion {
    pub(crate) fn view(self) -> ChallengeView {
        ChallengeView { guid: self.row.guid, challenge: self.challenge, created_at: self.row.created_at }
    }
}

/// The open questions of a member, in order.
pub(crate) async fn open_questions(tx: &Tx, member: &Member) -> Result<Vec<OpenQuestion>, Fault> {
    let rows = challenges::of_member(tx, &member.user_guid, &member.guid).await?;
    let read = |row: OpenChallenge| {
        let challenge = serde_json::from_str(&row.question).map_err(Fault::internal)?;
        Ok(OpenQuestion { row, challenge })
    };
    rows.into_iter().map(read).collect()
}
