//! A goal.

use riverbank_model::guid::{AccountGuid, GoalGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_model::webhook::{Action, EventKind};
use serde::Serialize;

use super::{resource, seconds};
use crate::Fault;
use crate::goals::GoalView;

#[derive(Serialize)]
struct GoalObject<'a> {
    account_guid: &'a AccountGuid,
    amount: Money,
    completed_at: Option<i64>,
    /// Always null (Nexus reference, webhooks).
    created_by: Option<&'a str>,
    current_amount: Money,
    goal_type_name: &'a str,
    guid: &'a GoalGuid,
    has_been_spent: bool,
    is_complete: bool,
    /// Under another name than everywhere else.
    meta_type: &'a str,
    metadata: Option<&'a str>,
    name: &'a str,
    position: i64,
    projected_to_complete_at: Option<i64>,
    revision: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// What happened to a goal.
pub(in crate::webhooks) fn goal(action: Action, view: &GoalView, user_id: &str) -> Result<String, Fault> {
    let goal = &view.goal;
    let object = GoalObject {
        account_guid: &goal.account_guid,
        amount: goal.amount,
        completed_at: goal.completed_at.map(seconds),
        created_by: None,
        current_amount: view.current_amount,
        goal_type_name: goal.goal_type.name(),
        guid: &goal.guid,
        has_been_spent: goal.has_been_spent,
        is_complete: view.is_complete(),
        meta_type: goal.meta_type.name(),
        metadata: goal.metadata.as_deref(),
        name: &goal.name,
        position: goal.position,
        projected_to_complete_at: view.projected_to_complete_at.map(seconds),
        revision: goal.revision,
        user_guid: &goal.user_guid,
        user_id,
    };
    resource(action, EventKind::Goal, &object)
}
