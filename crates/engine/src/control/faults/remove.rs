//! Taking faults away: `DELETE /control/faults`, `DELETE /control/faults/{number}`.

use riverbank_store::faults;

use crate::{Engine, Fault};

impl Engine {
    /// Takes a fault away; false when there is none of this number.
    pub async fn remove_fault(&self, number: i64) -> Result<bool, Fault> {
        Ok(self.store().write(async move |tx| faults::delete(tx, number).await).await?)
    }

    /// Takes all faults away.
    pub async fn clear_faults(&self) -> Result<(), Fault> {
        Ok(self.store().write(async |tx| faults::delete_all(tx).await).await.map(drop)?)
    }
}
