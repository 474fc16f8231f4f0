//! `DELETE .../iterations/current/iteration_items/{iteration_item_guid}`.

use axum::extract::State;
use riverbank_model::guid::{SpendingPlanGuid, SpendingPlanItemGuid};

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Paths;
use crate::session::Session;

/// Delete iteration item
///
/// Deletes an item of the month that it is.
#[utoipa::path(
    delete,
    path = "/spending_plans/{spending_plan_guid}/iterations/current/iteration_items/{iteration_item_guid}",
    operation_id = "deleteSpendingPlanIterationItem",
    tag = "spending plan",
    params(
        ("spending_plan_guid" = String, Path, description = "Id of the plan."),
        ("iteration_item_guid" = String, Path, description = "Id of the item."),
    ),
    responses((status = 204, description = "Done."))
)]
pub(in crate::nexus::spending_plans) async fn delete_iteration_item(
    State(app): State<App>,
    session: Session,
    Paths((plan, guid)): Paths<(SpendingPlanGuid, SpendingPlanItemGuid)>,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_iteration_item(&session.caller, &plan, &guid).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
