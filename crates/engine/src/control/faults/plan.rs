//! Planning that something goes wrong: `POST /control/faults`.

use riverbank_model::guid::{InstitutionGuid, MemberGuid};
use riverbank_store::due::MemberKey;
use riverbank_store::{StoreError, faults as table, institutions, members};

use super::{Call, Chance, Effect, PlannedFault};
use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::{Engine, Fault};

/// Where something is to go wrong.
#[derive(Clone, Debug)]
pub enum FaultTarget {
    /// At an institution, by its code or id.
    Institution(String),
    /// For one member.
    Member(MemberGuid),
}

/// What is to go wrong.
#[derive(Clone, Debug)]
pub struct PlanFault {
    /// Where.
    pub target: FaultTarget,
    /// What happens.
    pub effect: Effect,
    /// To which call; none is any.
    pub call: Option<Call>,
    /// How many attempts are struck at most; none is no limit.
    pub count: Option<i64>,
    /// How many of those that may be struck are.
    pub chance: Chance,
}

/// Why nothing is planned.
#[derive(Debug, thiserror::Error)]
pub enum PlanFaultError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// There is none of this code or id.
    #[error("There is no such institution.")]
    NoSuchInstitution,
    /// There is none of this id.
    #[error("There is no such member.")]
    NoSuchMember,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(PlanFaultError);

impl Engine {
    /// Plans that something goes wrong.
    pub async fn plan_fault(&self, request: PlanFault) -> Result<PlannedFault, PlanFaultError> {
        demand_sandbox(self)?;
        let (institution_guid, member) = self.target(&request.target).await?;
        let (user_guid, member_guid) = member.map(|key| (key.user_guid, key.guid)).unzip();
        let mut row = table::Fault {
            number: 0,
            institution_guid,
            user_guid,
            member_guid,
            call: request.call.map(|call| call.name().to_owned()),
            effect: serde_json::to_string(&request.effect).map_err(Fault::internal)?,
            remaining: request.count,
            chance: request.chance.millionths(),
            struck: 0,
            created_at: self.now(),
        };
        let writing = self.store().write(async move |tx| {
            // Numbers are given one after the other.
            institutions::lock(tx).await?;
            row.number = table::next_number(tx).await?;
            match table::insert(tx, &row).await {
                // What it is for has gone in the meantime.
                Err(StoreError::MissingReference) if row.member_guid.is_some() => {
                    Err(PlanFaultError::NoSuchMember)
                }
                Err(StoreError::MissingReference) => Err(PlanFaultError::NoSuchInstitution),
                Err(other) => Err(other.into()),
                Ok(()) => Ok(PlannedFault::read(row)?),
            }
        });
        writing.await
    }

    /// The institution where it goes wrong, and the one member for which it does.
    async fn target(
        &self,
        target: &FaultTarget,
    ) -> Result<(InstitutionGuid, Option<MemberKey>), PlanFaultError> {
        match target {
            FaultTarget::Institution(name) => {
                let catalogue = self.catalogue().await?;
                let found = catalogue.by_name(name).ok_or(PlanFaultError::NoSuchInstitution)?;
                Ok((found.guid.clone(), None))
            }
            FaultTarget::Member(guid) => {
                let key = self.owner_of(guid).await?.ok_or(PlanFaultError::NoSuchMember)?;
                let member = members::find(&*self.store().read().await?, &key.user_guid, guid).await?;
                Ok((member.ok_or(PlanFaultError::NoSuchMember)?.institution_guid, Some(key)))
            }
        }
    }
}
