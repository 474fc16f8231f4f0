//! `DELETE /mdx/{client_id}/users/{user_id}`.

use axum::extract::State;
use riverbank_engine::users::DeleteUserError;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::partner::client::Client;
use crate::path::Paths;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// Delete user
///
/// Deletes the user for good, with all members, accounts, transactions and other data. There is no way back.
#[utoipa::path(
    delete,
    path = "/mdx/{client_id}/users/{user_id}",
    operation_id = "deleteUser",
    tag = "users",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
        SkipWebhook,
    ),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_user(
    State(app): State<App>,
    Client(partner): Client,
    Paths((_, id)): Paths<(Text, Text)>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    app.engine.delete_user(&partner, &id, skip_webhook).await?;
    Ok(NoContent)
}

impl From<DeleteUserError> for ApiError {
    fn from(error: DeleteUserError) -> Self {
        match error {
            DeleteUserError::NoSuchUser => Self::new(ErrorCode::NotFound, error.to_string()),
            DeleteUserError::Fault(fault) => fault.into(),
        }
    }
}
