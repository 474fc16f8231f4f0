//! `PUT /budgets/{budget_guid}`.

use axum::extract::State;
use riverbank_engine::budgets::{UpdateBudget, UpdateBudgetError};
use riverbank_model::guid::BudgetGuid;
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::BudgetBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// The changes to a budget; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct BudgetUpdateRequest {
    /// The monthly limit, not negative.
    amount: Option<Amount>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
}

impl RequestBody for BudgetUpdateRequest {
    const ROOT: Option<&'static str> = Some("budget");
    const MAY_BE_LISTED: bool = true;
}

type BudgetUpdateRequestBody = Body<BudgetUpdateRequest>;

/// Update budget
///
/// Changes a budget. Budgets below the top still come to no more than the one above them.
#[utoipa::path(
    put,
    path = "/budgets/{budget_guid}",
    operation_id = "updateBudget",
    tag = "budgets",
    params(("budget_guid" = String, Path, description = "Id of the budget."), SkipWebhook),
    request_body = inline(BudgetUpdateRequestBody),
    responses(
        (status = 200, description = "The budget.", body = BudgetBody),
        (status = 422, description = "The budgets below the top would exceed the one above them (4220)."),
    )
)]
pub(super) async fn update_budget(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<BudgetGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<BudgetUpdateRequest>,
) -> Result<Answer<BudgetBody>, ApiError> {
    let request = UpdateBudget {
        amount: body.amount.map(|amount| amount.0),
        metadata: body.metadata.map(Text::into_string),
        skip_webhook: skip_webhook || body.skip_webhook.unwrap_or_default(),
    };
    Ok(Answer::ok(app.engine.update_budget(&session.caller, &guid, request).await?.into()))
}

impl From<UpdateBudgetError> for ApiError {
    fn from(error: UpdateBudgetError) -> Self {
        match error {
            UpdateBudgetError::NoSuchBudget => Self::not_found(),
            UpdateBudgetError::NegativeAmount => Self::bad_request(error.to_string()),
            UpdateBudgetError::ExceedsParent => Self::new(ErrorCode::Unprocessable, error.to_string()),
            UpdateBudgetError::Fault(fault) => fault.into(),
        }
    }
}
