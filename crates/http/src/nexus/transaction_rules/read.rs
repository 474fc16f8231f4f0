//! `GET /transaction_rules/{transaction_rule_guid}`.

use axum::extract::State;
use riverbank_model::guid::TransactionRuleGuid;

use super::view::TransactionRuleBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read transaction rule
#[utoipa::path(
    get,
    path = "/transaction_rules/{transaction_rule_guid}",
    operation_id = "readTransactionRule",
    tag = "transaction rules",
    params(("transaction_rule_guid" = String, Path, description = "Id of the rule.")),
    responses((status = 200, description = "The rule.", body = TransactionRuleBody))
)]
pub(super) async fn read_transaction_rule(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionRuleGuid>,
) -> Result<Answer<TransactionRuleBody>, ApiError> {
    let rule = app.engine.read_rule(&session.caller, &guid).await?;
    Ok(Answer::ok(rule.ok_or_else(ApiError::not_found)?.into()))
}
