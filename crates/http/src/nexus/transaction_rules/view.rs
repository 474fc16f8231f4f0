//! A rule as answers show it.

use riverbank_engine::transaction_rules;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Pagination;
use crate::values::Moment;

/// What a user wants to be done to transactions of a description.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TransactionRuleResponse)]
pub(in crate::nexus) struct TransactionRule {
    /// The category that it puts them under.
    category_guid: String,
    created_at: Moment,
    /// The description that it gives them.
    description: Option<String>,
    guid: String,
    /// The description that they have; capitals, punctuation and spaces do not count.
    match_description: String,
    updated_at: Moment,
    user_guid: String,
}

/// A rule with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TransactionRuleResponseBody)]
pub(super) struct TransactionRuleBody {
    transaction_rule: TransactionRule,
}

/// Rules with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TransactionRulesResponseBody)]
pub(super) struct TransactionRulesBody {
    transaction_rules: Vec<TransactionRule>,
    pagination: Pagination,
}

impl From<transaction_rules::TransactionRule> for TransactionRule {
    fn from(rule: transaction_rules::TransactionRule) -> Self {
        Self {
            category_guid: rule.category_guid.to_string(),
            created_at: rule.created_at.into(),
            description: rule.description,
            guid: rule.guid.to_string(),
            match_description: rule.match_description,
            updated_at: rule.updated_at.into(),
            user_guid: rule.user_guid.to_string(),
        }
    }
}

impl From<transaction_rules::TransactionRule> for TransactionRuleBody {
    fn from(rule: transaction_rules::TransactionRule) -> Self {
        Self { transaction_rule: rule.into() }
    }
}

impl TransactionRulesBody {
    pub(super) fn of(rules: Vec<transaction_rules::TransactionRule>, pagination: Pagination) -> Self {
        Self { transaction_rules: rules.into_iter().map(TransactionRule::from).collect(), pagination }
    }
}
