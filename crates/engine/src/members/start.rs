//! Starting a job for a member.

use std::sync::Arc;

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::JobGuid;
use riverbank_model::job::{JobKind, JobStatus};
use riverbank_model::limits::JOB_LIFE;
use riverbank_store::jobs::{self, Job, JobState};
use riverbank_store::members::Member;
use riverbank_store::{StoreError, Tx, challenges};

use crate::institutions::Institution;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// What a new job is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JobRequest {
    /// What it is for.
    pub(crate) kind: JobKind,
    /// Fetch transactions.
    pub(crate) transactions: bool,
    /// Fetch holdings.
    pub(crate) holdings: bool,
    /// Nobody asked for it.
    pub(crate) is_background: bool,
    /// What the call that caused it wants to see again on its webhooks.
    pub(crate) callback_payload: Option<String>,
}

impl JobRequest {
    /// Everything, for a call that may want to see something again.
    pub(crate) fn of(caller: &Caller) -> Self {
        Self { callback_payload: caller.callback_payload.clone(), ..Self::default() }
    }
}

impl Default for JobRequest {
    fn default() -> Self {
        Self {
            kind: JobKind::Aggregation,
            transactions: true,
            holdings: true,
            is_background: false,
            callback_payload: None,
        }
    }
}

/// Marks a change of a member.
pub(crate) fn touch(member: &mut Member, now: Timestamp) {
    member.revision += 1;
    member.updated_at = now;
}

impl Engine {
    /// Makes the job that a member is to have next and enters it as the member's; the caller writes the member, then
    /// the job.
    pub(crate) fn new_job(
        &self,
        member: &mut Member,
        request: JobRequest,
        attempt: i64,
        now: Timestamp,
    ) -> Job {
        member.children_made += 1;
        let guid: JobGuid = self.guid_within(&member.user_guid, &member.guid, member.children_made);
        member.most_recent_job_guid = Some(guid.clone());
        member.live_job_guid = Some(guid.clone());
        Job {
            user_guid: member.user_guid.clone(),
            guid,
            member_guid: member.guid.clone(),
            institution_guid: member.institution_guid.clone(),
            kind: request.kind,
            status: JobStatus::Initiated,
            state: JobState::Ready,
            run_at: now,
            lease_until: None,
            lease_owner: None,
            interruptions: 0,
            epoch: 0,
            attempt,
            is_superseded: false,
            has_follow_up: false,
            is_background: request.is_background,
            include_transactions: request.transactions,
            include_holdings: request.holdings,
            is_authenticated: false,
            progress: None,
            error_message: None,
            error_message_code: None,
            outcome: None,
            children_made: 0,
            created_at: now,
            started_at: None,
            finished_at: None,
            updated_at: now,
            transactions_created: None,
            transactions_updated: None,
            callback_payload: request.callback_payload,
        }
    }

    /// The institution of a member. Read the catalogue before it.
    pub(crate) fn institution_of(&self, member: &Member) -> Result<Arc<Institution>, Fault> {
        let institution = self.known_catalogue().get(&member.institution_guid).cloned();
        institution.ok_or_else(|| Fault::internal("a member's institution is not in the catalogue"))
    }

    /// Starts a job for a locked member without a live one, and writes both.
    pub(crate) async fn start_job(
        &self,
        tx: &Tx,
        member: &mut Member,
        request: JobRequest,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let attempt = next_attempt(tx, member, now).await?;
        let job = self.new_job(member, request, attempt, now);
        riverbank_store::members::save(tx, member).await?;
        jobs::insert(tx, &job).await?;
        tx.wake_workers();
        Ok(())
    }

    /// Ends a job before its time: HALTED, with a reason. The caller writes the member.
    pub(crate) async fn halt(
        &self,
        tx: &Tx,
        member: &mut Member,
        job: &mut Job,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Fault> {
        job.state = JobState::Done;
        job.status = JobStatus::Halted;
        job.lease_owner = None;
        job.lease_until = None;
        job.progress = None;
        job.error_message = Some(reason.to_owned());
        job.finished_at = Some(now);
        job.updated_at = now;
        jobs::save(tx, job).await?;
        member.live_job_guid = None;
        drop_challenges(tx, member).await?;
        let mut news = News::of_member(self, tx, member).await?;
        news.job(job, member)?;
        news.write().await
    }
}

/// The how-manieth attempt of a member a job that starts now is. The one before it is kept for a while.
pub(super) async fn next_attempt(tx: &Tx, member: &Member, now: Timestamp) -> Result<i64, StoreError> {
    let Some(newest) = &member.most_recent_job_guid else { return Ok(1) };
    let purge_at = now.checked_add(JOB_LIFE).unwrap_or(Timestamp::MAX);
    let attempt = jobs::follow(tx, &member.user_guid, newest, purge_at).await?;
    Ok(attempt.unwrap_or(0) + 1)
}

/// Takes back the open questions of a member, if it has any.
pub(crate) async fn drop_challenges(tx: &Tx, member: &mut Member) -> Result<(), StoreError> {
    let asked = member.challenge_expires_at.take().is_some()
        || member.connection_status == Some(ConnectionStatus::Challenged);
    if asked {
        challenges::delete(tx, &member.user_guid, &member.guid).await?;
    }
    Ok(())
}
