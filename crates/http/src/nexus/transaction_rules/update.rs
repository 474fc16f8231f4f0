//! `PUT /transaction_rules/{transaction_rule_guid}`.

use axum::extract::State;
use riverbank_engine::transaction_rules::{UpdateRule, UpdateRuleError};
use riverbank_model::guid::TransactionRuleGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TransactionRuleBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::values::Text;

/// The changes to a rule; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TransactionRuleUpdateRequest {
    /// The category that it puts transactions under.
    category_guid: Option<Text>,
    /// The description that it gives them; empty takes it away.
    description: Option<Text>,
    /// The description that they have; not blank.
    #[schema(value_type = Option<String>, pattern = r"\S")]
    match_description: Option<Text>,
}

impl RequestBody for TransactionRuleUpdateRequest {
    const ROOT: Option<&'static str> = Some("transaction_rule");
}

type TransactionRuleUpdateRequestBody = Body<TransactionRuleUpdateRequest>;

/// Update transaction rule
///
/// Changes a rule. Another category or description is applied to what is there as well, in the background; another
/// `match_description` to what comes in from now on.
#[utoipa::path(
    put,
    path = "/transaction_rules/{transaction_rule_guid}",
    operation_id = "updateTransactionRule",
    tag = "transaction rules",
    params(("transaction_rule_guid" = String, Path, description = "Id of the rule.")),
    request_body = inline(TransactionRuleUpdateRequestBody),
    responses((status = 200, description = "The rule.", body = TransactionRuleBody))
)]
pub(super) async fn update_transaction_rule(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionRuleGuid>,
    Body(body): Body<TransactionRuleUpdateRequest>,
) -> Result<Answer<TransactionRuleBody>, ApiError> {
    let request = UpdateRule {
        category_guid: body.category_guid.map(Text::into_string),
        description: body.description.map(Text::into_string),
        match_description: body.match_description.map(Text::into_string),
    };
    Ok(Answer::ok(app.engine.update_rule(&session.caller, &guid, request).await?.into()))
}

impl From<UpdateRuleError> for ApiError {
    fn from(error: UpdateRuleError) -> Self {
        match error {
            UpdateRuleError::NoSuchRule => Self::not_found(),
            UpdateRuleError::NoMatch | UpdateRuleError::NoSuchCategory => {
                Self::bad_request(error.to_string())
            }
            UpdateRuleError::Fault(fault) => fault.into(),
        }
    }
}
