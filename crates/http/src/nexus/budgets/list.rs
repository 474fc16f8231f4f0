//! `GET /budgets`.

use axum::extract::State;

use super::view::BudgetsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::session::Session;

/// List budgets
///
/// The budgets of the user, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/budgets",
    operation_id = "listBudgets",
    tag = "budgets",
    responses((status = 200, description = "The budgets.", body = BudgetsBody))
)]
pub(super) async fn list_budgets(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<BudgetsBody>, ApiError> {
    Ok(Answer::ok(app.engine.list_budgets(&session.caller).await?.into()))
}
