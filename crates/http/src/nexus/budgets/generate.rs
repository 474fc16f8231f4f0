//! `POST /budgets/generate`.

use axum::extract::State;
use riverbank_engine::budgets::GenerateBudgetsError;

use super::view::BudgetsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;

/// Generate budgets
///
/// Makes a budget for each of 17 categories at the top that has a transaction in each of the last two whole months, of what
/// was spent in an average one of them; a budget that is there gets that amount. Answers all budgets. Takes no body.
#[utoipa::path(
    post,
    path = "/budgets/generate",
    operation_id = "generateBudgets",
    tag = "budgets",
    responses(
        (status = 200, description = "All budgets.", body = BudgetsBody),
        (status = 422, description = "No category has transactions enough (4221)."),
    )
)]
pub(super) async fn generate_budgets(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<BudgetsBody>, ApiError> {
    Ok(Answer::ok(app.engine.generate_budgets(&session.caller).await?.into()))
}

impl From<GenerateBudgetsError> for ApiError {
    fn from(error: GenerateBudgetsError) -> Self {
        match error {
            GenerateBudgetsError::NotEnoughTransactions => {
                Self::new(ErrorCode::BudgetUnprocessable, error.to_string())
            }
            GenerateBudgetsError::NoUser => ErrorCode::Unauthorized.into(),
            GenerateBudgetsError::Fault(fault) => fault.into(),
        }
    }
}
