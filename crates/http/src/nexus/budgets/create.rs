//! `POST /budgets`.

use axum::extract::State;
use riverbank_engine::budgets::{CreateBudget, CreateBudgetError};
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::BudgetBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// A new budget.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct BudgetCreateRequest {
    /// The monthly limit, not negative; 0 when absent.
    amount: Option<Amount>,
    /// The category that it limits.
    category_guid: Text,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// Below the top: the budget of the category above, which may be left out. At the top there is none.
    parent_guid: Option<Text>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
}

impl RequestBody for BudgetCreateRequest {
    const ROOT: Option<&'static str> = Some("budget");
}

type BudgetCreateRequestBody = Body<BudgetCreateRequest>;

/// Create budget
///
/// Makes a budget for a category that has none. One for a category below the top needs the budget of the category above, and
/// all of those together come to no more than it.
#[utoipa::path(
    post,
    path = "/budgets",
    operation_id = "createBudget",
    tag = "budgets",
    params(SkipWebhook),
    request_body = inline(BudgetCreateRequestBody),
    responses(
        (status = 200, description = "The budget.", body = BudgetBody),
        (status = 422, description = "The category has a budget already, the one above has none, or it would be exceeded (4220)."),
    )
)]
pub(super) async fn create_budget(
    State(app): State<App>,
    session: Session,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<BudgetCreateRequest>,
) -> Result<Answer<BudgetBody>, ApiError> {
    let request = CreateBudget {
        category_guid: body.category_guid.into_string(),
        parent_guid: body.parent_guid.map(Text::into_string),
        amount: body.amount.map(|amount| amount.0).unwrap_or_default(),
        metadata: body.metadata.map(Text::into_string),
        skip_webhook: skip_webhook || body.skip_webhook.unwrap_or_default(),
    };
    Ok(Answer::ok(app.engine.create_budget(&session.caller, request).await?.into()))
}

impl From<CreateBudgetError> for ApiError {
    fn from(error: CreateBudgetError) -> Self {
        match error {
            CreateBudgetError::NegativeAmount
            | CreateBudgetError::NoSuchCategory
            | CreateBudgetError::ParentOfTheTop => Self::bad_request(error.to_string()),
            CreateBudgetError::CategoryTaken
            | CreateBudgetError::NoParent
            | CreateBudgetError::ExceedsParent => Self::new(ErrorCode::Unprocessable, error.to_string()),
            CreateBudgetError::NoUser => ErrorCode::Unauthorized.into(),
            CreateBudgetError::Fault(fault) => fault.into(),
        }
    }
}
