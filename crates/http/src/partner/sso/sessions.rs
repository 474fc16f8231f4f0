//! `DELETE /sso/{client_id}/users/{user_id}/sessions`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use riverbank_engine::sessions::DeleteSessionsError;

use super::form::{Form, Refusals};
use crate::answer::NoContent;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::partner::client::Client;
use crate::path::Paths;
use crate::values::Text;

type Calling = (Result<Client, ApiError>, Result<Paths<(Text, Text)>, ApiError>);

/// End the sessions of a user
///
/// Ends all sessions of the user; their tokens are refused afterwards.
#[utoipa::path(
    delete,
    path = "/sso/{client_id}/users/{user_id}/sessions",
    operation_id = "endUserSessions",
    tag = "sso",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
    ),
    responses((status = 204, description = "Done."), Refusals)
)]
pub(super) async fn end_user_sessions(State(app): State<App>, form: Form, calling: Calling) -> Response {
    match end(app, calling).await {
        Ok(done) => done.into_response(),
        Err(error) => form.refuse(error),
    }
}

async fn end(app: App, (client, path): Calling) -> Result<NoContent, ApiError> {
    let Client(partner) = client?;
    let Paths((_, user_id)) = path?;
    app.engine.delete_sessions(&partner, &user_id).await?;
    Ok(NoContent)
}

impl From<DeleteSessionsError> for ApiError {
    fn from(error: DeleteSessionsError) -> Self {
        match error {
            DeleteSessionsError::NoSuchUser => Self::new(ErrorCode::NotFound, error.to_string()),
            DeleteSessionsError::Fault(fault) => fault.into(),
        }
    }
}
