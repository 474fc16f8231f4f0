//! `GET .../iterations/current/iteration_items`.

use axum::extract::State;
use riverbank_model::guid::SpendingPlanGuid;

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::spending_plans::view::{IterationItem, IterationItemsBody, page_of};
use crate::path::Path;
use crate::query::Paging;
use crate::session::Session;

/// List iteration items
///
/// What is planned of the month that it is, in the order in which it was planned, with what came of it. The items of past months
/// cannot be reached.
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/iterations/current/iteration_items",
    operation_id = "listSpendingPlanIterationItems",
    tag = "spending plan",
    params(("spending_plan_guid" = String, Path, description = "Id of the plan."), Paging),
    responses((status = 200, description = "The items.", body = IterationItemsBody))
)]
pub(in crate::nexus::spending_plans) async fn list_iteration_items(
    State(app): State<App>,
    session: Session,
    Path(plan): Path<SpendingPlanGuid>,
    paging: Paging,
) -> Result<Answer<IterationItemsBody>, ApiError> {
    let items = app.engine.list_iteration_items(&session.caller, &plan).await?;
    let items = items.ok_or_else(ApiError::not_found)?.into_iter().map(IterationItem);
    let (iteration_items, pagination) = page_of(items, paging);
    Ok(Answer::ok(IterationItemsBody { iteration_items, pagination }))
}
