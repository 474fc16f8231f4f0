//! `DELETE /transaction_rules/{transaction_rule_guid}`.

use axum::extract::State;
use riverbank_model::guid::TransactionRuleGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Delete transaction rule
///
/// Deletes a rule. What it has done stays.
#[utoipa::path(
    delete,
    path = "/transaction_rules/{transaction_rule_guid}",
    operation_id = "deleteTransactionRule",
    tag = "transaction rules",
    params(("transaction_rule_guid" = String, Path, description = "Id of the rule.")),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_transaction_rule(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionRuleGuid>,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_rule(&session.caller, &guid).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
