//! `DELETE /spending_plans/{spending_plan_guid}`.

use axum::extract::State;
use riverbank_model::guid::SpendingPlanGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Delete spending plan
///
/// Deletes the plan with its accounts, its months and their items.
#[utoipa::path(
    delete,
    path = "/spending_plans/{spending_plan_guid}",
    operation_id = "deleteSpendingPlan",
    tag = "spending plan",
    params(("spending_plan_guid" = String, Path, description = "Id of the plan.")),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_spending_plan(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<SpendingPlanGuid>,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_spending_plan(&session.caller, &guid).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
