//! `GET /spending_plans/{spending_plan_guid}`.

use axum::extract::State;
use riverbank_model::guid::SpendingPlanGuid;

use super::view::{SpendingPlan, SpendingPlanBody};
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read spending plan
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}",
    operation_id = "readSpendingPlan",
    tag = "spending plan",
    params(("spending_plan_guid" = String, Path, description = "Id of the plan.")),
    responses((status = 200, description = "The plan.", body = SpendingPlanBody))
)]
pub(super) async fn read_spending_plan(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<SpendingPlanGuid>,
) -> Result<Answer<SpendingPlanBody>, ApiError> {
    let plan = app.engine.read_spending_plan(&session.caller, &guid).await?;
    let spending_plan = SpendingPlan(plan.ok_or_else(ApiError::not_found)?);
    Ok(Answer::ok(SpendingPlanBody { spending_plan }))
}
