//! `DELETE /transactions/{transaction_guid}/unsplit`.

use axum::extract::State;
use riverbank_engine::transactions::UnsplitError;
use riverbank_model::guid::TransactionGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Unsplit transaction
///
/// Deletes the parts of a transaction, which stands whole again.
#[utoipa::path(
    delete,
    path = "/transactions/{transaction_guid}/unsplit",
    operation_id = "unsplitTransaction",
    tag = "transactions",
    params(("transaction_guid" = String, Path, description = "Id of the transaction."), SkipWebhook),
    responses(
        (status = 204, description = "Done."),
        (status = 422, description = "The transaction has not been split (4220)."),
    )
)]
pub(super) async fn unsplit_transaction(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    app.engine.unsplit_transaction(&session.caller, &guid, skip_webhook).await?;
    Ok(NoContent)
}

impl From<UnsplitError> for ApiError {
    fn from(error: UnsplitError) -> Self {
        match error {
            UnsplitError::NoSuchTransaction => Self::not_found(),
            UnsplitError::NotSplit => Self::new(ErrorCode::Unprocessable, error.to_string()),
            UnsplitError::Fault(fault) => fault.into(),
        }
    }
}
