//! `DELETE /accounts/{account_guid}`.

use axum::extract::State;
use riverbank_engine::accounts::DeleteAccountError;
use riverbank_model::guid::AccountGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Delete manual account
///
/// Deletes an account that was made by hand, with its transactions. One that an institution tells of goes
/// with its member.
#[utoipa::path(
    delete,
    path = "/accounts/{account_guid}",
    operation_id = "deleteAccount",
    tag = "accounts",
    params(("account_guid" = String, Path, description = "Id of the account."), SkipWebhook),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_account(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<AccountGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    app.engine.delete_account(&session.caller, &guid, skip_webhook).await?;
    Ok(NoContent)
}

impl From<DeleteAccountError> for ApiError {
    fn from(error: DeleteAccountError) -> Self {
        match error {
            DeleteAccountError::NoSuchAccount => Self::not_found(),
            DeleteAccountError::NotManual => Self::bad_request(error.to_string()),
            DeleteAccountError::Fault(fault) => fault.into(),
        }
    }
}
