//! `GET .../iterations/current/iteration_items/{iteration_item_guid}`.

use axum::extract::State;
use riverbank_model::guid::{SpendingPlanGuid, SpendingPlanItemGuid};

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::spending_plans::view::IterationItemBody;
use crate::path::Paths;
use crate::session::Session;

/// Read iteration item
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/iterations/current/iteration_items/{iteration_item_guid}",
    operation_id = "readSpendingPlanIterationItem",
    tag = "spending plan",
    params(
        ("spending_plan_guid" = String, Path, description = "Id of the plan."),
        ("iteration_item_guid" = String, Path, description = "Id of the item."),
    ),
    responses((status = 200, description = "The item.", body = IterationItemBody))
)]
pub(in crate::nexus::spending_plans) async fn read_iteration_item(
    State(app): State<App>,
    session: Session,
    Paths((plan, guid)): Paths<(SpendingPlanGuid, SpendingPlanItemGuid)>,
) -> Result<Answer<IterationItemBody>, ApiError> {
    let item = app.engine.read_iteration_item(&session.caller, &plan, &guid).await?;
    Ok(Answer::ok(item.ok_or_else(ApiError::not_found)?.into()))
}
