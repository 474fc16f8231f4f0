//! `POST /spending_plans`.

use axum::extract::State;
use riverbank_engine::spending_plans::CreateSpendingPlanError;

use super::view::{SpendingPlan, SpendingPlanBody};
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;

/// Create spending plan
///
/// Makes the plan of the user, with its first month, the one that it is, and with the accounts that money is spent from. Takes no
/// body.
#[utoipa::path(
    post,
    path = "/spending_plans",
    operation_id = "createSpendingPlan",
    tag = "spending plan",
    responses(
        (status = 200, description = "The plan.", body = SpendingPlanBody),
        (status = 422, description = "The user already has a plan (4220)."),
    )
)]
pub(super) async fn create_spending_plan(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<SpendingPlanBody>, ApiError> {
    let plan = app.engine.create_spending_plan(&session.caller).await?;
    Ok(Answer::ok(SpendingPlanBody { spending_plan: SpendingPlan(plan) }))
}

impl From<CreateSpendingPlanError> for ApiError {
    fn from(error: CreateSpendingPlanError) -> Self {
        match error {
            CreateSpendingPlanError::OneAlready => Self::new(ErrorCode::Unprocessable, error.to_string()),
            CreateSpendingPlanError::NoUser => ErrorCode::Unauthorized.into(),
            CreateSpendingPlanError::Fault(fault) => fault.into(),
        }
    }
}
