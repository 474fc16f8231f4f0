//! Deleting a rule: `DELETE /transaction_rules/{transaction_rule_guid}`.

use riverbank_model::guid::TransactionRuleGuid;
use riverbank_store::transaction_rules;

use crate::audit::record;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Deletes a rule of the caller; what it has done stays. False when there is no such rule.
    pub async fn delete_rule(&self, caller: &Caller, guid: &TransactionRuleGuid) -> Result<bool, Fault> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let Some(rule) = transaction_rules::lock(tx, &caller.user, &guid).await? else {
                return Ok(false);
            };
            transaction_rules::delete(tx, &rule).await?;
            record(tx, &caller, "transaction_rules.delete", &guid, false, engine.now()).await?;
            Ok(true)
        });
        writing.await
    }
}
