//! `DELETE /micro_deposits/{micro_deposit_guid}`.

use riverbank_model::guid::MicroDepositGuid;
use riverbank_store::micro_deposits as table;

use super::{record, save};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Deletes a verification; what is on its way to the account arrives nonetheless. False when there is none.
    pub async fn delete_micro_deposit(
        &self,
        caller: &Caller,
        guid: &MicroDepositGuid,
    ) -> Result<bool, Fault> {
        let (caller, guid, now) = (caller.clone(), guid.clone(), self.now());
        let writing = self.store().write(async move |tx| {
            let Some(mut deposit) = table::lock(tx, &caller.user, &guid).await? else { return Ok(false) };
            deposit.deleted_at = Some(now);
            deposit.due_at = None;
            save(tx, &mut deposit, now).await?;
            record(tx, &deposit, &caller.client, "micro_deposits.delete").await?;
            Ok::<_, Fault>(true)
        });
        writing.await
    }
}
