//! Aggregating a member: `GET /members/{member_guid}/aggregate`.

use riverbank_model::connection::{ConnectionStatus, Startable};
use riverbank_model::guid::{CredentialGuid, MemberGuid};
use riverbank_model::use_case::UseCase;
use riverbank_store::Tx;
use riverbank_store::member_credentials;
use riverbank_store::members::{self, Member};

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

/// Why a member is not aggregated.
#[derive(Debug, thiserror::Error)]
pub enum AggregateError {
    /// There is none, or it is another user's.
    #[error("no such member")]
    NoSuchMember,
    /// PFM is not among its use cases.
    #[error("The member's use cases do not include PFM.")]
    NotPfm,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(AggregateError);

impl Engine {
    /// Starts a job for a member, if it may have one now.
    pub async fn aggregate_member(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        options: AggregationOptions,
    ) -> Result<Aggregated, AggregateError> {
        // Before the lock: the institution may have to be read.
        self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.parts.store.write(async move |tx| {
            let member = members::lock(tx, &caller.user, &guid).await?;
            let mut member = member.ok_or(AggregateError::NoSuchMember)?;
            if !member.use_cases.has(UseCase::Pfm) {
                return Err(AggregateError::NotPfm);
            }
            let stored = member_credentials::of_member(tx, &caller.user, &guid).await?;
            let stored: Vec<CredentialGuid> = stored.into_iter().map(|row| row.credential_guid).collect();
            let request = JobRequest { callback_payload: caller.callback_payload.clone(), ..options.into() };
            let changed = engine.aggregate_locked(tx, &mut member, request, &stored).await?;
            Ok((member, changed))
        });
        let (member, changed) = writing.await?;
        let view = self.view(member).await?;
        Ok(if changed { Aggregated::Changed(view) } else { Aggregated::Unchanged(view) })
    }

    /// Starts a job for a locked member, if its state lets it have one; whether anything changed.
    async fn aggregate_locked(
        &self,
        tx: &Tx,
        member: &mut Member,
        request: JobRequest,
        stored: &[CredentialGuid],
    ) -> Result<bool, Fault> {
        let institution = self.institution_of(member)?;
        let now = self.now();
        let startable = member.connection_status.map_or(Startable::No, ConnectionStatus::startable);
        if startable == Startable::No || !self.is_free(member, &institution) {
            return Ok(false);
        }
        touch(member, now);
        if has_credentials(member, &institution, stored) {
            self.start_job(tx, member, request, now).await?;
        } else {
            let before = member.connection_status.replace(ConnectionStatus::Impaired);
            members::save(tx, member).await?;
            let mut news = News::of_member(self, tx, member).await?;
            news.status(member, before)?;
            news.write().await?;
        }
        record(tx, member, "members.aggregate", false).await?;
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
