//! A budget.

use riverbank_model::guid::{BudgetGuid, CategoryGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_model::webhook::{Action, EventKind};
use serde::Serialize;

use super::{resource, seconds};
use crate::Fault;
use crate::budgets::BudgetView;

#[derive(Serialize)]
struct BudgetObject<'a> {
    amount: Money,
    category_guid: &'a CategoryGuid,
    /// The partner's own id of itself.
    client_id: &'a str,
    created_at: i64,
    guid: &'a BudgetGuid,
    is_exceeded: bool,
    is_off_track: bool,
    metadata: Option<&'a str>,
    name: Option<&'a str>,
    parent_guid: Option<&'a BudgetGuid>,
    /// As text, unlike everywhere else.
    projected_spending: String,
    revision: i64,
    transaction_total: Money,
    updated_at: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// What happened to a budget.
pub(in crate::webhooks) fn budget(
    action: Action,
    view: &BudgetView,
    client_id: &str,
    user_id: &str,
) -> Result<String, Fault> {
    let budget = &view.budget;
    let object = BudgetObject {
        amount: budget.amount,
        category_guid: &budget.category_guid,
        client_id,
        created_at: seconds(budget.created_at),
        guid: &budget.guid,
        is_exceeded: view.is_exceeded(),
        is_off_track: view.is_off_track(),
        metadata: budget.metadata.as_deref(),
        name: view.name.as_deref(),
        parent_guid: budget.parent_guid.as_ref(),
        projected_spending: view.projected_spending.to_string(),
        revision: budget.revision,
        transaction_total: view.transaction_total,
        updated_at: seconds(budget.updated_at),
        user_guid: &budget.user_guid,
        user_id,
    };
    resource(action, EventKind::Budget, &object)
}
