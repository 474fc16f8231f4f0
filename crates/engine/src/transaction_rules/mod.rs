//! Transaction rules: what users want to be done to transactions of a description.
//!
//! What a user wrote of a transaction itself stands over every rule, and a rule over what is found from the words. Of rules
//! that fit, the newest counts. A new rule, and a rule with another category or description, is applied to what is there in
//! the background ([`apply`]), and to what comes in by the imports.

mod apply;
mod create;
mod delete;
mod list;
mod read;
mod update;

use riverbank_enrich::Rule;
use riverbank_model::guid::UserGuid;
use riverbank_store::{StoreError, Tx, transaction_rules};

pub use create::{CreateRule, CreateRuleError};
pub use list::RuleList;
pub use riverbank_store::transaction_rules::TransactionRule;
pub use update::{UpdateRule, UpdateRuleError};

/// The rules of a user as enriching takes them, the newest first.
pub(crate) async fn rules_of(tx: &Tx, user: &UserGuid) -> Result<Vec<Rule>, StoreError> {
    let rules = transaction_rules::of_user(tx, user).await?;
    let rule = |rule: TransactionRule| Rule {
        guid: rule.guid,
        match_description: rule.match_description,
        category: rule.category_guid,
        description: rule.description,
    };
    Ok(rules.into_iter().map(rule).collect())
}
