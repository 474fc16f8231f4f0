//! `PUT /monthly_cash_flow_profile`.

use axum::extract::State;
use riverbank_engine::monthly_cash_flow_profile::{
    UpdateMonthlyCashFlowProfile, UpdateMonthlyCashFlowProfileError,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::MonthlyCashFlowProfileBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;

/// The changes to a profile; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MonthlyCashFlowProfileRequest {
    /// What the user sets aside for goals each month, not negative.
    goals_contribution: Option<Amount>,
    /// True: what budgets leave of the income is set aside instead.
    uses_estimated_goals_contribution: Option<bool>,
}

impl RequestBody for MonthlyCashFlowProfileRequest {
    const ROOT: Option<&'static str> = Some("monthly_cash_flow_profile");
}

type MonthlyCashFlowProfileRequestBody = Body<MonthlyCashFlowProfileRequest>;

/// Update monthly cash flow profile
///
/// Sets what is set aside for goals each month, or switches to the estimate. Goals are written while the figure in use is
/// above 0.
#[utoipa::path(
    put,
    path = "/monthly_cash_flow_profile",
    operation_id = "updateMonthlyCashFlowProfile",
    tag = "monthly cash flow profile",
    request_body = inline(MonthlyCashFlowProfileRequestBody),
    responses((status = 200, description = "The profile.", body = MonthlyCashFlowProfileBody))
)]
pub(super) async fn update_monthly_cash_flow_profile(
    State(app): State<App>,
    session: Session,
    Body(body): Body<MonthlyCashFlowProfileRequest>,
) -> Result<Answer<MonthlyCashFlowProfileBody>, ApiError> {
    let request = UpdateMonthlyCashFlowProfile {
        goals_contribution: body.goals_contribution.map(|amount| amount.0),
        uses_estimated_goals_contribution: body.uses_estimated_goals_contribution,
    };
    Ok(Answer::ok(app.engine.update_monthly_cash_flow_profile(&session.caller, request).await?.into()))
}

impl From<UpdateMonthlyCashFlowProfileError> for ApiError {
    fn from(error: UpdateMonthlyCashFlowProfileError) -> Self {
        match error {
            UpdateMonthlyCashFlowProfileError::NegativeContribution => Self::bad_request(error.to_string()),
            UpdateMonthlyCashFlowProfileError::NoUser => ErrorCode::Unauthorized.into(),
            UpdateMonthlyCashFlowProfileError::Fault(fault) => fault.into(),
        }
    }
}
