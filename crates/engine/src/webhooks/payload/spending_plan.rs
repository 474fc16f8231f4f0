//! A spending plan.

use riverbank_model::guid::{SpendingPlanGuid, UserGuid};
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::spending_plans::SpendingPlan;
use serde::Serialize;

use super::{resource, seconds};
use crate::Fault;

#[derive(Serialize)]
struct SpendingPlanObject<'a> {
    created_at: i64,
    current_iteration_number: i64,
    guid: &'a SpendingPlanGuid,
    updated_at: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// What happened to a spending plan.
pub(in crate::webhooks) fn spending_plan(
    action: Action,
    plan: &SpendingPlan,
    user_id: &str,
) -> Result<String, Fault> {
    let object = SpendingPlanObject {
        created_at: seconds(plan.created_at),
        current_iteration_number: plan.current_iteration_number,
        guid: &plan.guid,
        updated_at: seconds(plan.updated_at),
        user_guid: &plan.user_guid,
        user_id,
    };
    resource(action, EventKind::SpendingPlan, &object)
}
