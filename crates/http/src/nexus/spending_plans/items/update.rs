//! `PUT .../iterations/current/iteration_items/{iteration_item_guid}`.

use axum::extract::State;
use riverbank_model::guid::{SpendingPlanGuid, SpendingPlanItemGuid};

use super::request::{IterationItemRequest, IterationItemRequestBody};
use crate::answer::Answer;
use crate::app::App;
use crate::body::Body;
use crate::error::ApiError;
use crate::nexus::spending_plans::view::IterationItemBody;
use crate::path::Paths;
use crate::session::Session;

/// Update iteration item
///
/// Changes an item of the month that it is. `planned_amount` must be told; of the rest, what is absent stays.
#[utoipa::path(
    put,
    path = "/spending_plans/{spending_plan_guid}/iterations/current/iteration_items/{iteration_item_guid}",
    operation_id = "updateSpendingPlanIterationItem",
    tag = "spending plan",
    params(
        ("spending_plan_guid" = String, Path, description = "Id of the plan."),
        ("iteration_item_guid" = String, Path, description = "Id of the item."),
    ),
    request_body = inline(IterationItemRequestBody),
    responses((status = 200, description = "The item.", body = IterationItemBody))
)]
pub(in crate::nexus::spending_plans) async fn update_iteration_item(
    State(app): State<App>,
    session: Session,
    Paths((plan, guid)): Paths<(SpendingPlanGuid, SpendingPlanItemGuid)>,
    Body(body): Body<IterationItemRequest>,
) -> Result<Answer<IterationItemBody>, ApiError> {
    let item = app.engine.update_iteration_item(&session.caller, &plan, &guid, body.into()).await?;
    Ok(Answer::ok(item.into()))
}
