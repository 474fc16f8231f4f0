//! `GET /monthly_cash_flow_profile`.

use axum::extract::State;

use super::view::MonthlyCashFlowProfileBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;

/// Read monthly cash flow profile
///
/// What the budgets of the user bring in and take each month, and what is set aside for goals. Made when it is first read.
#[utoipa::path(
    get,
    path = "/monthly_cash_flow_profile",
    operation_id = "readMonthlyCashFlowProfile",
    tag = "monthly cash flow profile",
    responses((status = 200, description = "The profile.", body = MonthlyCashFlowProfileBody))
)]
pub(super) async fn read_monthly_cash_flow_profile(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<MonthlyCashFlowProfileBody>, ApiError> {
    let profile = app.engine.read_monthly_cash_flow_profile(&session.caller).await?;
    // Deleted since the session was looked up: the session went with it.
    Ok(Answer::ok(profile.ok_or(ErrorCode::Unauthorized)?.into()))
}
