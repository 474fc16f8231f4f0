//! Reading a rule: `GET /transaction_rules/{transaction_rule_guid}`.

use riverbank_model::guid::TransactionRuleGuid;
use riverbank_store::transaction_rules;

use super::TransactionRule;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A rule of the caller; none when there is none, or it is another user's.
    pub async fn read_rule(
        &self,
        caller: &Caller,
        guid: &TransactionRuleGuid,
    ) -> Result<Option<TransactionRule>, Fault> {
        let reader = self.store().read().await?;
        Ok(transaction_rules::find(&reader, &caller.user, guid).await?)
    }
}
