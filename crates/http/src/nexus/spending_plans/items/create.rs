//! `POST .../iterations/current/iteration_items`.

use axum::extract::State;
use riverbank_model::guid::SpendingPlanGuid;

use super::request::{IterationItemRequest, IterationItemRequestBody};
use crate::answer::Answer;
use crate::app::App;
use crate::body::Body;
use crate::error::ApiError;
use crate::nexus::spending_plans::view::IterationItemBody;
use crate::path::Path;
use crate::session::Session;

/// Create iteration item
///
/// Plans something of the month that it is.
#[utoipa::path(
    post,
    path = "/spending_plans/{spending_plan_guid}/iterations/current/iteration_items",
    operation_id = "createSpendingPlanIterationItem",
    tag = "spending plan",
    params(("spending_plan_guid" = String, Path, description = "Id of the plan.")),
    request_body = inline(IterationItemRequestBody),
    responses((status = 200, description = "The item.", body = IterationItemBody))
)]
pub(in crate::nexus::spending_plans) async fn create_iteration_item(
    State(app): State<App>,
    session: Session,
    Path(plan): Path<SpendingPlanGuid>,
    Body(body): Body<IterationItemRequest>,
) -> Result<Answer<IterationItemBody>, ApiError> {
    let item = app.engine.create_iteration_item(&session.caller, &plan, body.into()).await?;
    Ok(Answer::ok(item.into()))
}
