//! Aggregating a member: `GET /members/{member_guid}/aggregate`.

use riverbank_model::connection::{ConnectionStatus, Startable};
use riverbank_model::guid::{CredentialGuid, MemberGuid};
use riverbank_model::use_case::UseCase;
use riverbank_store::members::{self, Member};
use riverbank_store::{Tx, jobs, member_credentials};

use super::create::is_throttled;
use super::login::is_complete;
use super::{JobRequest, MemberView, record, touch};
use crate::fault::faults;
use crate::institutions::Institution;
use crate::oauth::consent_key;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// What to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AggregationOptions {
    /// False skips holdings.
    pub include_holdings: bool,
    /// False skips transactions.
    pub include_transactions: bool,
}

impl From<AggregationOptions> for JobRequest {
    fn from(options: AggregationOptions) -> Self {
        Self {
            transactions: options.include_transactions,
            holdings: options.include_holdings,
            ..Self::default()
        }
    }
}

/// What became of the wish to aggregate.
#[derive(Clone, Debug)]
pub enum Aggregated {
    /// A job was started, or the member turned out to be IMPAIRED.
    Changed(MemberView),
    /// Nothing was started: a job runs, the throttle window is open, or the status forbids it.
    Unchanged(MemberView),
}

/// Why no job is started for a member.
#[derive(Debug, thiserror::Error)]
pub enum StartJobError {
    /// There is none, or it is another user's.
    #[error("no such member")]
    NoSuchMember,
    /// PFM is not among its use cases.
    #[error("The member's use cases do not include PFM.")]
    NotPfm,
    /// The client may not have this.
    #[error("The feature is not on for the client.")]
    FeatureOff,
    /// The institution does not have it.
    #[error("Member's institution does not support {0}.")]
    NotSupported(&'static str),
    /// The member has one job at a time.
    #[error("A job of another kind is running.")]
    AnotherKindRuns,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(StartJobError);

impl Engine {
    /// Starts a job for a member, if it may have one now.
    pub async fn aggregate_member(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        options: AggregationOptions,
    ) -> Result<Aggregated, StartJobError> {
        // Before the lock: the institution may have to be read.
        self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.parts.store.write(async move |tx| {
            let member = members::lock(tx, &caller.user, &guid).await?;
            let mut member = member.ok_or(StartJobError::NoSuchMember)?;
            if !member.use_cases.has(UseCase::Pfm) {
                return Err(StartJobError::NotPfm);
            }
            let request = JobRequest { callback_payload: caller.callback_payload.clone(), ..options.into() };
            let institution = engine.institution_of(&member)?;
            let rests = !institution.is_test && is_throttled(&member, engine.now());
            let changed = !(member.live_job_guid.is_none() && rests)
                && engine
                    .start_if_it_may(tx, &mut member, &institution, request, "members.aggregate")
                    .await?;
            Ok((member, changed))
        });
        let (member, changed) = writing.await?;
        self.started(member, changed).await
    }

    /// What became of the wish to start a job.
    pub(super) async fn started(&self, member: Member, changed: bool) -> Result<Aggregated, StartJobError> {
        let view = self.view(member).await?;
        Ok(if changed { Aggregated::Changed(view) } else { Aggregated::Unchanged(view) })
    }

    /// Starts a job for a locked member, if its state lets it have one; whether anything changed. `action` is what the
    /// audit calls it.
    pub(super) async fn start_if_it_may(
        &self,
        tx: &Tx,
        member: &mut Member,
        institution: &Institution,
        request: JobRequest,
        action: &str,
    ) -> Result<bool, StartJobError> {
        if let Some(live) = &member.live_job_guid {
            let running = jobs::find(tx, &member.user_guid, live).await?.map(|job| job.kind);
            return if running == Some(request.kind) {
                Ok(false)
            } else {
                Err(StartJobError::AnotherKindRuns)
            };
        }
        let startable = member.connection_status.map_or(Startable::No, ConnectionStatus::startable);
        if startable == Startable::No || institution.is_stopped {
            return Ok(false);
        }
        let now = self.now();
        touch(member, now);
        let stored = member_credentials::of_member(tx, &member.user_guid, &member.guid).await?;
        let stored: Vec<CredentialGuid> = stored.into_iter().map(|row| row.credential_guid).collect();
        if has_credentials(member, institution, &stored) {
            self.start_job(tx, member, request, now).await?;
        } else {
            let before = member.connection_status.replace(ConnectionStatus::Impaired);
            members::save(tx, member).await?;
            let mut news = News::of_member(self, tx, member).await?;
            news.status(member, before)?;
            news.write().await?;
        }
        record(tx, member, action, false).await?;
        Ok(true)
    }

    /// Whether no job runs and the throttle window is shut.
    pub(super) fn is_free(&self, member: &Member, institution: &Institution) -> bool {
        member.live_job_guid.is_none() && (institution.is_test || !is_throttled(member, self.now()))
    }
}

/// Whether a member has what it takes to sign in.
pub(crate) fn has_credentials(member: &Member, institution: &Institution, stored: &[CredentialGuid]) -> bool {
    if member.is_oauth {
        return stored.contains(&consent_key(&institution.guid));
    }
    is_complete(institution, stored)
}
