//! How an institution fares, and stopping connections to it.

use jiff::SignedDuration;
use riverbank_model::guid::InstitutionGuid;
use riverbank_store::institutions as table;
use riverbank_store::lately::{self, MembersIn, Outcome};

use crate::fault::faults;
use crate::institutions::MANUAL;
use crate::{Engine, Fault};

/// How far back is looked.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How an institution fares.
#[derive(Clone, Debug, Default)]
pub struct InstitutionHealth {
    /// Live members, by status.
    pub members: Vec<MembersIn>,
    /// Jobs that ended in the last day.
    pub ended: i64,
    /// How long all of them took together, in microseconds.
    pub took: i64,
    /// How long the longest took, in microseconds.
    pub longest: i64,
    /// What they left their members in, the most frequent first.
    pub outcomes: Vec<Outcome>,
}

/// Why a switch is not thrown.
#[derive(Debug, thiserror::Error)]
pub enum SwitchError {
    /// There is none.
    #[error("no such institution")]
    NoSuchInstitution,
    /// Nobody connects to it anyway.
    #[error("This is the institution of what users make by hand: nobody connects to it.")]
    Manual,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(SwitchError);

impl Engine {
    /// How an institution fares.
    pub async fn institution_health(&self, guid: &InstitutionGuid) -> Result<InstitutionHealth, Fault> {
        let since = self.now().checked_sub(DAY).unwrap_or(jiff::Timestamp::MIN);
        let reader = self.store().read().await?;
        let members = lately::members_of(&reader, guid).await?;
        let (ended, took, longest) = lately::latency_of(&reader, guid, since).await?;
        let outcomes = lately::outcomes_of(&reader, guid, since).await?;
        Ok(InstitutionHealth { members, ended, took, longest, outcomes })
    }

    /// Stops connections to an institution, or lets them go on. While they are stopped it takes no new members, no job of
    /// its members starts, and those that had not ended end as DEGRADED before they ask it anything more.
    pub async fn switch_institution(&self, guid: &InstitutionGuid, is_on: bool) -> Result<(), SwitchError> {
        if guid.as_str() == MANUAL {
            return Err(SwitchError::Manual);
        }
        let (guid, now) = (guid.clone(), self.now());
        let written = self.store().write(async move |tx| {
            table::lock(tx).await?;
            if table::find(tx, &guid).await?.is_none() {
                return Err(SwitchError::NoSuchInstitution);
            }
            let changed =
                if is_on { table::let_go_on(tx, &guid).await? } else { table::stop(tx, &guid, now).await? };
            if changed {
                table::raise_version(tx).await?;
            }
            Ok(())
        });
        written.await?;
        self.catalogue().await?;
        Ok(())
    }
}
