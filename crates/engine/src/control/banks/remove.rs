//! Taking an institution away: `DELETE /control/institutions/{institution}`.

use riverbank_model::guid::InstitutionGuid;
use riverbank_store::{StoreError, institutions, sandbox};

use super::built_in;
use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::{Engine, Fault};

/// Why an institution is not taken away.
#[derive(Debug, thiserror::Error)]
pub enum RemoveBankError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// There is none of this code or id.
    #[error("no such institution")]
    NoSuchInstitution,
    /// It comes with the program.
    #[error("The institution comes with the server and stays.")]
    BuiltIn,
    /// Users are connected to it.
    #[error("Members are connected to the institution: delete them first.")]
    InUse,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(RemoveBankError);

impl Engine {
    /// Takes an institution away, with what was planned to go wrong there. Its deleted members are purged now.
    pub async fn remove_bank(&self, name: &str) -> Result<(), RemoveBankError> {
        demand_sandbox(self)?;
        let catalogue = self.catalogue().await?;
        let guid = catalogue.by_name(name).ok_or(RemoveBankError::NoSuchInstitution)?.guid.clone();
        if built_in()?.contains(&guid) {
            return Err(RemoveBankError::BuiltIn);
        }
        if !sandbox::members_at(&*self.store().read().await?, std::slice::from_ref(&guid)).await?.is_empty() {
            return Err(RemoveBankError::InUse);
        }
        self.purge_deleted_at(&guid).await?;
        let removing = self.store().write(async move |tx| {
            institutions::lock(tx).await?;
            // A member that was made in the meantime refers to it.
            let removed = institutions::delete(tx, &guid).await.map_err(|error| match error {
                StoreError::MissingReference => RemoveBankError::InUse,
                other => other.into(),
            })?;
            if !removed {
                return Err(RemoveBankError::NoSuchInstitution);
            }
            Ok(institutions::raise_version(tx).await?)
        });
        removing.await
    }

    async fn purge_deleted_at(&self, guid: &InstitutionGuid) -> Result<(), Fault> {
        loop {
            let deleted = sandbox::deleted_members_at(&*self.store().read().await?, guid).await?;
            if deleted.is_empty() {
                return Ok(());
            }
            for key in deleted {
                self.purge(key).await?;
            }
        }
    }
}
