//! Listing rules: `GET /transaction_rules`.

use riverbank_store::page::Page;
use riverbank_store::transaction_rules;

use super::TransactionRule;
use crate::{Caller, Engine, Fault};

/// A page of rules.
#[derive(Clone, Debug)]
pub struct RuleList {
    /// In the order in which they were made.
    pub rules: Vec<TransactionRule>,
    /// How many there are in all.
    pub total: i64,
}

impl Engine {
    /// The caller's rules.
    pub async fn list_rules(&self, caller: &Caller, page: Page) -> Result<RuleList, Fault> {
        let reader = self.store().read().await?;
        let (rules, total) = transaction_rules::list(&reader, &caller.user, page).await?;
        Ok(RuleList { rules, total })
    }
}
