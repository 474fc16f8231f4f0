//! Changing a rule: `PUT /transaction_rules/{transaction_rule_guid}`.

use riverbank_model::guid::TransactionRuleGuid;
use riverbank_store::transaction_rules;

use super::TransactionRule;
use super::create::existing;
use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// The changes to a rule; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateRule {
    /// The category that it puts transactions under, as sent.
    pub category_guid: Option<String>,
    /// The description that it gives them.
    pub description: Option<String>,
    /// The description of the transactions that it is for.
    pub match_description: Option<String>,
}

/// Why a rule is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateRuleError {
    /// There is none, or it is another user's.
    #[error("no such rule")]
    NoSuchRule,
    /// It would be for nothing.
    #[error("match_description must not be empty.")]
    NoMatch,
    /// Its category would be none.
    #[error("category_guid is not the guid of a category.")]
    NoSuchCategory,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateRuleError);

impl Engine {
    /// Changes a rule of the caller. Another category or description is applied to what is there as well; another
    /// `match_description` to what comes in from now on.
    pub async fn update_rule(
        &self,
        caller: &Caller,
        guid: &TransactionRuleGuid,
        request: UpdateRule,
    ) -> Result<TransactionRule, UpdateRuleError> {
        if request.match_description.as_ref().is_some_and(|text| text.trim().is_empty()) {
            return Err(UpdateRuleError::NoMatch);
        }
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let rule = transaction_rules::lock(tx, &caller.user, &guid).await?;
            let mut rule = rule.ok_or(UpdateRuleError::NoSuchRule)?;
            let before = rule.clone();
            if let Some(category) = &request.category_guid {
                let category = existing(tx, &caller, category).await?;
                rule.category_guid = category.ok_or(UpdateRuleError::NoSuchCategory)?;
            }
            if let Some(description) = request.description {
                rule.description = Some(description).filter(|text| !text.trim().is_empty());
            }
            rule.match_description = request.match_description.unwrap_or(rule.match_description);
            if rule == before {
                return Ok(rule);
            }
            let is_for_the_past =
                (&rule.category_guid, &rule.description) != (&before.category_guid, &before.description);
            if is_for_the_past {
                rule.applied_through = Some(String::new());
                (rule.examined, rule.changed) = (0, 0);
            }
            rule.revision += 1;
            rule.updated_at = engine.now();
            transaction_rules::store(tx, &rule).await?;
            record(tx, &caller, "transaction_rules.update", &rule.guid, false, rule.updated_at).await?;
            Ok(rule)
        });
        writing.await
    }
}
