//! `GET /transaction_rules/{transaction_rule_guid}/progress`.

use axum::extract::State;
use riverbank_model::guid::TransactionRuleGuid;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// How far a rule has been applied to the transactions that were there when it was made or last changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TransactionRuleProgressResponse)]
struct Progress {
    is_finished: bool,
    /// Those that were changed.
    transactions_changed: i64,
    /// Those that were looked at.
    transactions_examined: i64,
}

/// Progress with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TransactionRuleProgressResponseBody)]
pub(super) struct ProgressBody {
    progress: Progress,
}

/// Read progress of transaction rule
///
/// How far the rule has been applied to the transactions that are there, which happens in the background.
#[utoipa::path(
    get,
    path = "/transaction_rules/{transaction_rule_guid}/progress",
    operation_id = "readTransactionRuleProgress",
    tag = "transaction rules",
    params(("transaction_rule_guid" = String, Path, description = "Id of the rule.")),
    responses((status = 200, description = "The progress.", body = ProgressBody))
)]
pub(super) async fn read_transaction_rule_progress(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionRuleGuid>,
) -> Result<Answer<ProgressBody>, ApiError> {
    let rule = app.engine.read_rule(&session.caller, &guid).await?.ok_or_else(ApiError::not_found)?;
    let progress = Progress {
        is_finished: rule.applied_through.is_none(),
        transactions_changed: rule.changed,
        transactions_examined: rule.examined,
    };
    Ok(Answer::ok(ProgressBody { progress }))
}
