//! What becomes of a job and its member where a walk comes to a stop: a challenge, a wait, the end.

use jiff::Timestamp;
use riverbank_model::challenge::Challenge;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::job::{JobKind, JobStatus};
use riverbank_store::jobs::{self, Job, JobState};
use riverbank_store::members::{self, Member};
use riverbank_store::{Tx, challenges};

use super::outcome::{Outcome, job_status, member_status};
use super::progress::{Asker, Progress};
use crate::members::{JobRequest, record, touch};
use crate::webhooks::News;
use crate::{Engine, Fault};

/// Why the result of a job is set aside.
pub(super) const CREDENTIALS_CHANGED: &str = "the credentials were changed";

impl Engine {
    /// The end user is asked: the job holds nothing until the answers come.
    pub(super) async fn park(
        &self,
        tx: &Tx,
        member: &mut Member,
        job: &mut Job,
        questions: &[Challenge],
        state: Vec<u8>,
    ) -> Result<(), Fault> {
        if job.is_superseded {
            let outcome = Outcome::of_ours(ConnectionStatus::Challenged, CREDENTIALS_CHANGED);
            return self.end(tx, member, job, &outcome, false).await;
        }
        let now = self.now();
        let progress = Progress { asker: Asker::Connector(state), answers: Vec::new() };
        job.progress = Some(self.seal_progress(job, &progress)?);
        job.state = JobState::Parked;
        job.status = JobStatus::Challenged;
        job.lease_owner = None;
        job.lease_until = None;
        job.updated_at = now;
        let before = member.connection_status;
        challenges::delete(tx, &member.user_guid, &member.guid).await?;
        self.ask(tx, member, Some(job), questions, now).await?;
        touch(member, now);
        jobs::save(tx, job).await?;
        members::save(tx, member).await?;
        let mut news = News::of_member(self, tx, member).await?;
        news.status(member, before)?;
        news.job(job, member)?;
        news.write().await
    }

    /// The institution wants to be asked again later.
    pub(super) async fn wait(
        &self,
        tx: &Tx,
        member: &mut Member,
        job: &mut Job,
        until: Timestamp,
        state: Vec<u8>,
    ) -> Result<(), Fault> {
        if job.is_superseded {
            let outcome = Outcome::of_ours(ConnectionStatus::Delayed, CREDENTIALS_CHANGED);
            return self.end(tx, member, job, &outcome, false).await;
        }
        let progress = Progress { asker: Asker::Connector(state), answers: Vec::new() };
        job.progress = Some(self.seal_progress(job, &progress)?);
        job.state = JobState::Ready;
        job.run_at = until;
        job.lease_owner = None;
        job.lease_until = None;
        job.updated_at = self.now();
        jobs::save(tx, job).await?;
        tx.wake_workers();
        Ok(())
    }

    /// The end of a job, and what it makes of its member.
    pub(super) async fn end(
        &self,
        tx: &Tx,
        member: &mut Member,
        job: &mut Job,
        outcome: &Outcome,
        is_test: bool,
    ) -> Result<(), Fault> {
        let now = self.now();
        let before = member.connection_status;
        let mut status = outcome.status;
        if !job.is_superseded {
            if !outcome.is_ours {
                status = member_status(tx, member, job, status, is_test, now).await?;
            }
            member.connection_status = Some(status);
            if status == ConnectionStatus::Connected {
                member.denials = 0;
                if job.kind == JobKind::Aggregation {
                    member.successfully_aggregated_at = Some(now);
                }
            }
        }
        job.outcome = (!outcome.is_ours).then_some(outcome.status);
        job.status = if job.is_superseded { JobStatus::Halted } else { job_status(status) };
        job.state = JobState::Done;
        job.progress = None;
        job.lease_owner = None;
        job.lease_until = None;
        job.error_message.clone_from(&outcome.message);
        job.error_message_code = outcome.code;
        job.finished_at = Some(now);
        job.updated_at = now;
        jobs::save(tx, job).await?;
        member.live_job_guid = None;
        touch(member, now);
        if job.is_superseded && job.has_follow_up {
            let request =
                JobRequest { callback_payload: job.callback_payload.clone(), ..JobRequest::default() };
            self.start_job(tx, member, request, now).await?;
        } else if let Some(next) = self.job_of_visit(tx, member).await? {
            self.start_job(tx, member, next.request, now).await?;
            record(tx, member, next.action, false).await?;
        } else {
            members::save(tx, member).await?;
        }
        let mut news = News::of_member(self, tx, member).await?.echoing(job.callback_payload.as_deref());
        news.brought_in(job, member).await?;
        news.status(member, before)?;
        news.job(job, member)?;
        news.write().await
    }
}
