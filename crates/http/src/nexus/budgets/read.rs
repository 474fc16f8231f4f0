//! `GET /budgets/{budget_guid}`.

use axum::extract::State;
use riverbank_model::guid::BudgetGuid;

use super::view::BudgetBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read budget
#[utoipa::path(
    get,
    path = "/budgets/{budget_guid}",
    operation_id = "readBudget",
    tag = "budgets",
    params(("budget_guid" = String, Path, description = "Id of the budget.")),
    responses((status = 200, description = "The budget.", body = BudgetBody))
)]
pub(super) async fn read_budget(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<BudgetGuid>,
) -> Result<Answer<BudgetBody>, ApiError> {
    let budget = app.engine.read_budget(&session.caller, &guid).await?;
    Ok(Answer::ok(budget.ok_or_else(ApiError::not_found)?.into()))
}
