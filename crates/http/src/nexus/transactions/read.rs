//! `GET /transactions/{transaction_guid}`.

use axum::extract::State;
use riverbank_model::guid::TransactionGuid;

use super::view::TransactionBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read transaction
#[utoipa::path(
    get,
    path = "/transactions/{transaction_guid}",
    operation_id = "readTransaction",
    tag = "transactions",
    params(("transaction_guid" = String, Path, description = "Id of the transaction.")),
    responses((status = 200, description = "The transaction.", body = TransactionBody))
)]
pub(super) async fn read_transaction(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionGuid>,
) -> Result<Answer<TransactionBody>, ApiError> {
    let view = app.engine.read_transaction(&session.caller, &guid).await?;
    let view = view.ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(view.into()))
}
