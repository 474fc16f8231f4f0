//! `DELETE /transactions/{transaction_guid}`.

use axum::extract::State;
use riverbank_engine::transactions::DeleteTransactionError;
use riverbank_model::guid::TransactionGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Delete transaction
///
/// Deletes a transaction that was made by hand, with the parts that it was split into.
#[utoipa::path(
    delete,
    path = "/transactions/{transaction_guid}",
    operation_id = "deleteTransaction",
    tag = "transactions",
    params(("transaction_guid" = String, Path, description = "Id of the transaction."), SkipWebhook),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_transaction(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    app.engine.delete_transaction(&session.caller, &guid, skip_webhook).await?;
    Ok(NoContent)
}

impl From<DeleteTransactionError> for ApiError {
    fn from(error: DeleteTransactionError) -> Self {
        match error {
            DeleteTransactionError::NoSuchTransaction => Self::not_found(),
            DeleteTransactionError::NotManual => Self::bad_request(error.to_string()),
            DeleteTransactionError::Fault(fault) => fault.into(),
        }
    }
}
