//! `GET /spending_plans`.

use axum::extract::State;

use super::view::{SpendingPlan, SpendingPlansBody, page_of};
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::query::Paging;
use crate::session::Session;

/// List spending plans
///
/// The plan of the user, if it has one.
#[utoipa::path(
    get,
    path = "/spending_plans",
    operation_id = "listSpendingPlans",
    tag = "spending plan",
    params(Paging),
    responses((status = 200, description = "The plans.", body = SpendingPlansBody))
)]
pub(super) async fn list_spending_plans(
    State(app): State<App>,
    session: Session,
    paging: Paging,
) -> Result<Answer<SpendingPlansBody>, ApiError> {
    let plan = app.engine.spending_plan(&session.caller).await?;
    let (spending_plans, pagination) = page_of(plan.into_iter().map(SpendingPlan), paging);
    Ok(Answer::ok(SpendingPlansBody { spending_plans, pagination }))
}
