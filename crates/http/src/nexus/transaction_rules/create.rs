//! `POST /transaction_rules`.

use axum::extract::State;
use riverbank_engine::transaction_rules::{CreateRule, CreateRuleError};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TransactionRuleBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::values::Text;

/// A new rule.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TransactionRuleCreateRequest {
    /// The category that it puts transactions under.
    category_guid: Text,
    /// The description that it gives them; empty is the same as absent.
    description: Option<Text>,
    /// The description that they have; not blank.
    #[schema(value_type = String, pattern = r"\S")]
    match_description: Text,
}

impl RequestBody for TransactionRuleCreateRequest {
    const ROOT: Option<&'static str> = Some("transaction_rule");
}

type TransactionRuleCreateRequestBody = Body<TransactionRuleCreateRequest>;

/// Create transaction rule
///
/// Makes a rule for the transactions of a description. It is applied to what comes in from now on and, in the background, to
/// what is there. What a user wrote of a transaction itself stays; of rules that fit, the newest counts.
#[utoipa::path(
    post,
    path = "/transaction_rules",
    operation_id = "createTransactionRule",
    tag = "transaction rules",
    request_body = inline(TransactionRuleCreateRequestBody),
    responses(
        (status = 200, description = "The rule.", body = TransactionRuleBody),
        (status = 422, description = "The user has as many rules as a user may have (4220)."),
    )
)]
pub(super) async fn create_transaction_rule(
    State(app): State<App>,
    session: Session,
    Body(body): Body<TransactionRuleCreateRequest>,
) -> Result<Answer<TransactionRuleBody>, ApiError> {
    let request = CreateRule {
        category_guid: body.category_guid.into_string(),
        description: body.description.map(Text::into_string),
        match_description: body.match_description.into_string(),
    };
    Ok(Answer::ok(app.engine.create_rule(&session.caller, request).await?.into()))
}

impl From<CreateRuleError> for ApiError {
    fn from(error: CreateRuleError) -> Self {
        match error {
            CreateRuleError::NoMatch | CreateRuleError::NoSuchCategory => {
                Self::bad_request(error.to_string())
            }
            CreateRuleError::TooMany => Self::new(ErrorCode::Unprocessable, error.to_string()),
            CreateRuleError::NoUser => ErrorCode::Unauthorized.into(),
            CreateRuleError::Fault(fault) => fault.into(),
        }
    }
}
