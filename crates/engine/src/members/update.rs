//! Changing a member: `PUT /members/{member_guid}`.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::use_case::UseCases;
use riverbank_model::webhook::Action;
use riverbank_store::jobs::{self, Job, JobState};
use riverbank_store::member_credentials;
use riverbank_store::members::{self, Member};
use riverbank_store::{StoreError, Tx};

use super::challenges::open_questions;
use super::forced::{forced_challenge, forced_status};
use super::login::LoginValues;
use super::start::drop_challenges;
use super::{
    CredentialsError, ForcedStatusError, GivenAnswer, GivenCredential, JobRequest, MemberView, ResumeError,
    record, touch,
};
use crate::fault::faults;
use crate::institutions::Institution;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// The changes to a member; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateMember {
    /// New credentials, or the answers to its open challenges.
    pub credentials: Vec<GivenCredential>,
    /// The status to put it in; test institutions only.
    pub connection_status: Option<String>,
    /// The partner's id, unique within the client.
    pub external_guid: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// What it is for.
    pub use_cases: Option<UseCases>,
    /// Left out of background aggregation.
    pub background_aggregation_is_disabled: Option<bool>,
    /// New credentials start no job.
    pub skip_aggregation: bool,
    /// No webhook for this change.
    pub skip_webhook: bool,
}

/// Why a member is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateMemberError {
    /// There is none, or it is another user's.
    #[error("no such member")]
    NoSuchMember,
    /// Credentials that are not those the institution asks for.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// A status that may not be set.
    #[error(transparent)]
    Status(#[from] ForcedStatusError),
    /// Answers that are none.
    #[error(transparent)]
    Answers(ResumeError),
    /// Answers wake the job; that cannot be skipped.
    #[error("skip_aggregation must not be true when credentials answer a challenge.")]
    SkippedAnswer,
    /// An empty list of use cases.
    #[error("use_cases must hold at least one use case.")]
    NoUseCases,
    /// Another member of the user has this login.
    #[error("The user already has a member at this institution with the same login.")]
    SameLogin,
    /// A member of the client has the same external id.
    #[error("external_guid is already used by another member.")]
    ExternalGuidTaken,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateMemberError);

impl From<ResumeError> for UpdateMemberError {
    fn from(error: ResumeError) -> Self {
        match error {
            ResumeError::Fault(fault) => Self::Fault(fault),
            other => Self::Answers(other),
        }
    }
}

impl Engine {
    /// Changes a member.
    pub async fn update_member(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        request: UpdateMember,
    ) -> Result<MemberView, UpdateMemberError> {
        if request.use_cases.is_some_and(UseCases::is_empty) {
            return Err(UpdateMemberError::NoUseCases);
        }
        self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.parts.store.write(async move |tx| {
            let member = members::lock(tx, &caller.user, &guid).await?;
            let mut member = member.ok_or(UpdateMemberError::NoSuchMember)?;
            let before = (member.revision, member.connection_status);
            engine.write_update(tx, &caller, &mut member, &request).await?;
            record(tx, &member, "members.update", request.skip_webhook).await?;
            let mut news =
                News::of_member(&engine, tx, &member).await?.echoing(caller.callback_payload.as_deref());
            if !request.skip_webhook && member.revision != before.0 {
                news.member(&member, Action::Updated)?;
            }
            news.status(&member, before.1)?;
            news.write().await?;
            Ok(member)
        });
        let member = writing.await.map_err(|error| match error {
            UpdateMemberError::Fault(Fault::Conflict(index)) if index == "members_by_login" => {
                UpdateMemberError::SameLogin
            }
            other => other,
        })?;
        Ok(self.view(member).await?)
    }

    async fn write_update(
        &self,
        tx: &Tx,
        caller: &Caller,
        member: &mut Member,
        request: &UpdateMember,
    ) -> Result<(), UpdateMemberError> {
        let institution = self.institution_of(member)?;
        let status = request.connection_status.as_deref();
        let forced = forced_status(&institution, status, !request.credentials.is_empty(), member.is_oauth)?;
        let before = member.clone();
        let now = self.now();
        set_external_guid(tx, member, request.external_guid.as_deref()).await?;
        set_plain_fields(member, request);
        if let Some(status) = forced {
            self.force(tx, member, status, now).await?;
        }
        if request.credentials.is_empty() {
            if *member != before {
                touch(member, now);
                members::save(tx, member).await?;
            }
            return Ok(());
        }
        if self.answers_challenges(tx, member, request).await? {
            if request.skip_aggregation {
                return Err(UpdateMemberError::SkippedAnswer);
            }
            let answers: Vec<GivenAnswer> = request
                .credentials
                .iter()
                .map(|given| GivenAnswer { guid: given.guid.clone(), value: given.value.clone() })
                .collect();
            return Ok(self.resume_locked(tx, member, &answers).await?);
        }
        let job = JobRequest::of(caller);
        self.set_credentials(tx, member, &institution, request, job, now).await
    }

    /// Whether the credentials are the answers to what the member is asked: the older way.
    async fn answers_challenges(
        &self,
        tx: &Tx,
        member: &Member,
        request: &UpdateMember,
    ) -> Result<bool, Fault> {
        if member.connection_status != Some(ConnectionStatus::Challenged) {
            return Ok(false);
        }
        let open = open_questions(tx, member).await?;
        let asked =
            |given: &GivenCredential| open.iter().any(|question| question.row.guid.as_str() == given.guid);
        Ok(request.credentials.iter().any(asked))
    }

    /// Stores new credentials over the old ones: the member is UPDATED, and a job tries them.
    async fn set_credentials(
        &self,
        tx: &Tx,
        member: &mut Member,
        institution: &Institution,
        request: &UpdateMember,
        job: JobRequest,
        now: Timestamp,
    ) -> Result<(), UpdateMemberError> {
        let (user, guid) = (member.user_guid.clone(), member.guid.clone());
        let stored = self.open_credentials(&member_credentials::of_member(tx, &user, &guid).await?)?;
        let login = LoginValues::new(institution, &request.credentials, &stored)?;
        member.login_fingerprint = login.fingerprint(self);
        member.denials = 0;
        touch(member, now);
        let job = (!request.skip_aggregation && !institution.is_stopped).then_some(job);
        let needs_job = self.make_way(tx, member, job.as_ref(), now).await?;
        drop_challenges(tx, member).await?;
        member.connection_status = Some(ConnectionStatus::Updated);
        let sealed = login.sealed(self, &user, &guid, now)?;
        member_credentials::replace(tx, &user, &guid, &sealed).await?;
        match job.filter(|_| needs_job) {
            Some(job) => self.start_job(tx, member, job, now).await?,
            None => members::save(tx, member).await?,
        }
        Ok(())
    }

    /// Sees to the live job of a member whose credentials change; whether there is none (any more).
    ///
    /// One that waits, for answers or for its time, ends. One that has not begun will use the new credentials. One
    /// that is at work with the old ones no longer sets the status, and another follows it.
    pub(crate) async fn make_way(
        &self,
        tx: &Tx,
        member: &mut Member,
        follow_up: Option<&JobRequest>,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let Some(mut job) = live_job(tx, member).await? else { return Ok(true) };
        match job.state {
            JobState::Ready if job.started_at.is_none() => {
                if let Some(echo) = follow_up.and_then(|request| request.callback_payload.clone()) {
                    job.callback_payload = Some(echo);
                    jobs::save(tx, &job).await?;
                }
                Ok(false)
            }
            JobState::Ready | JobState::Parked => {
                self.halt(tx, member, &mut job, "the credentials were changed", now).await?;
                Ok(true)
            }
            JobState::Running => {
                job.is_superseded = true;
                job.has_follow_up = follow_up.is_some();
                // It is the one that follows which is told of.
                job.callback_payload = follow_up.and_then(|request| request.callback_payload.clone());
                job.updated_at = now;
                jobs::save(tx, &job).await?;
                Ok(false)
            }
            JobState::Done => Ok(true),
        }
    }

    /// Puts a member in a status, whatever it was in.
    pub(crate) async fn force(
        &self,
        tx: &Tx,
        member: &mut Member,
        status: ConnectionStatus,
        now: Timestamp,
    ) -> Result<(), Fault> {
        if let Some(mut job) = live_job(tx, member).await? {
            self.halt(tx, member, &mut job, "the connection status was set", now).await?;
        }
        drop_challenges(tx, member).await?;
        member.connection_status = Some(status);
        member.denials = 0;
        if status == ConnectionStatus::Challenged {
            self.ask(tx, member, None, &[forced_challenge()], now).await?;
        }
        Ok(())
    }
}

async fn live_job(tx: &Tx, member: &Member) -> Result<Option<Job>, StoreError> {
    match &member.live_job_guid {
        Some(live) => jobs::lock(tx, &member.user_guid, live).await,
        None => Ok(None),
    }
}

/// Sets what needs no other row.
pub(super) fn set_plain_fields(member: &mut Member, request: &UpdateMember) {
    if let Some(name) = &request.name {
        member.name.clone_from(name);
    }
    if let Some(metadata) = &request.metadata {
        member.metadata = Some(metadata.clone());
    }
    if let Some(use_cases) = request.use_cases {
        member.use_cases = use_cases;
    }
    if let Some(disabled) = request.background_aggregation_is_disabled {
        member.background_aggregation_is_disabled = disabled;
    }
}

async fn set_external_guid(
    tx: &Tx,
    member: &mut Member,
    external: Option<&str>,
) -> Result<(), UpdateMemberError> {
    let Some(external) = external.filter(|external| member.external_guid.as_deref() != Some(external)) else {
        return Ok(());
    };
    if !members::claim_external_guid(tx, member, external).await? {
        return Err(UpdateMemberError::ExternalGuidTaken);
    }
    if let Some(old) = member.external_guid.replace(external.to_owned()) {
        members::release_external_guid(tx, member, &old).await?;
    }
    Ok(())
}
