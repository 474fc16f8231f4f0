//! Aggregating every member of a user: `GET /members/aggregate`, and the opening of a session.

use riverbank_model::connection::{ConnectionStatus, Startable};
use riverbank_model::guid::CredentialGuid;
use riverbank_model::use_case::UseCase;
use riverbank_store::members::{self, Member};
use riverbank_store::{Tx, member_credentials};

use super::aggregate::has_credentials;
use super::{AggregationOptions, JobRequest, MemberView, touch};
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// Why nothing is aggregated.
#[derive(Debug, thiserror::Error)]
pub enum AggregateAllError {
    /// There are members, and none of them has PFM among its use cases.
    #[error("No member's use cases include PFM.")]
    NoPfm,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(AggregateAllError);

impl Engine {
    /// Starts a job for every member that may have one now, and gives all of them.
    pub async fn aggregate_all_members(
        &self,
        caller: &Caller,
        options: AggregationOptions,
    ) -> Result<Vec<MemberView>, AggregateAllError> {
        self.catalogue().await?;
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.parts.store.write(async move |tx| {
            let members = members::all(tx, &caller.user).await?;
            if !members.is_empty() && !members.iter().any(|member| member.use_cases.has(UseCase::Pfm)) {
                return Err(AggregateAllError::NoPfm);
            }
            let request = JobRequest { callback_payload: caller.callback_payload.clone(), ..options.into() };
            engine.start_each(tx, &caller, members, &request).await?;
            Ok(members::all(tx, &caller.user).await?)
        });
        let members = writing.await?;
        Ok(self.views(members).await?)
    }

    /// Starts a job for every member of the caller that may have one now, within the unit of work that opens a
    /// session. Read the catalogue before it.
    pub(crate) async fn start_all_aggregations(&self, tx: &Tx, caller: &Caller) -> Result<(), Fault> {
        let members = members::all(tx, &caller.user).await?;
        self.start_each(tx, caller, members, &JobRequest::of(caller)).await
    }

    async fn start_each(
        &self,
        tx: &Tx,
        caller: &Caller,
        members: Vec<Member>,
        request: &JobRequest,
    ) -> Result<(), Fault> {
        if members.is_empty() {
            return Ok(());
        }
        let keys = member_credentials::keys_of_user(tx, &caller.user).await?;
        for candidate in members {
            if !self.may_start(&candidate) {
                continue;
            }
            // The list was read without locks: what is started is looked at again under one.
            let Some(mut member) = members::lock(tx, &caller.user, &candidate.guid).await? else { continue };
            let stored: Vec<CredentialGuid> = keys
                .iter()
                .filter(|key| key.member_guid == member.guid)
                .map(|key| key.credential_guid.clone())
                .collect();
            let catalogue = self.known_catalogue();
            let Some(institution) = catalogue.get(&member.institution_guid) else { continue };
            if self.may_start(&member) && has_credentials(&member, institution, &stored) {
                let now = self.now();
                touch(&mut member, now);
                self.start_job(tx, &mut member, request.clone(), now).await?;
            }
        }
        Ok(())
    }

    fn may_start(&self, member: &Member) -> bool {
        let catalogue = self.known_catalogue();
        let Some(institution) = catalogue.get(&member.institution_guid) else { return false };
        member.connection_status.map(ConnectionStatus::startable) == Some(Startable::ByAll)
            && member.use_cases.has(UseCase::Pfm)
            && !institution.is_stopped
            && self.is_free(member, institution)
    }
}
