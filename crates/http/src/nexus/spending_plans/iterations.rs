//! `/spending_plans/{spending_plan_guid}/iterations`.

use axum::extract::State;
use riverbank_model::guid::SpendingPlanGuid;

use super::view::{Iteration, IterationBody, IterationsBody};
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::path::{Path, PathPart, Paths};
use crate::query::Paging;
use crate::session::Session;

/// The number of a month in a path. What is none is not found.
pub(super) struct IterationNumber(i64);

impl PathPart for IterationNumber {
    fn read(text: &str) -> Result<Self, ApiError> {
        text.parse().map(Self).map_err(|_| ApiError::not_found())
    }
}

/// List iterations
///
/// The months of the plan, the first first.
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/iterations",
    operation_id = "listSpendingPlanIterations",
    tag = "spending plan",
    params(("spending_plan_guid" = String, Path, description = "Id of the plan."), Paging),
    responses((status = 200, description = "The months.", body = IterationsBody))
)]
pub(super) async fn list_iterations(
    State(app): State<App>,
    session: Session,
    Path(plan): Path<SpendingPlanGuid>,
    paging: Paging,
) -> Result<Answer<IterationsBody>, ApiError> {
    let list = app.engine.list_iterations(&session.caller, &plan, paging.into()).await?;
    let list = list.ok_or_else(ApiError::not_found)?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    let iterations = list.iterations.into_iter().map(Iteration).collect();
    Ok(Answer::ok(IterationsBody { iterations, pagination }))
}

/// Read current iteration
///
/// The month that it is for the user.
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/iterations/current",
    operation_id = "readCurrentSpendingPlanIteration",
    tag = "spending plan",
    params(("spending_plan_guid" = String, Path, description = "Id of the plan.")),
    responses((status = 200, description = "The month.", body = IterationBody))
)]
pub(super) async fn read_current_iteration(
    State(app): State<App>,
    session: Session,
    Path(plan): Path<SpendingPlanGuid>,
) -> Result<Answer<IterationBody>, ApiError> {
    let iteration = app.engine.read_iteration(&session.caller, &plan, None).await?;
    Ok(Answer::ok(IterationBody { iteration: Iteration(iteration.ok_or_else(ApiError::not_found)?) }))
}

/// Read iteration by number
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/iterations/{iteration_number}",
    operation_id = "readSpendingPlanIteration",
    tag = "spending plan",
    params(
        ("spending_plan_guid" = String, Path, description = "Id of the plan."),
        ("iteration_number" = i64, Path, description = "Number of the month, from 1."),
    ),
    responses((status = 200, description = "The month.", body = IterationBody))
)]
pub(super) async fn read_iteration(
    State(app): State<App>,
    session: Session,
    Paths((plan, number)): Paths<(SpendingPlanGuid, IterationNumber)>,
) -> Result<Answer<IterationBody>, ApiError> {
    let iteration = app.engine.read_iteration(&session.caller, &plan, Some(number.0)).await?;
    Ok(Answer::ok(IterationBody { iteration: Iteration(iteration.ok_or_else(ApiError::not_found)?) }))
}
