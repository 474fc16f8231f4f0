//! `DELETE /sessions`.

use axum::extract::State;

use crate::answer::{Answer, Empty};
use crate::app::App;
use crate::error::ApiError;
use crate::session::Session;

/// Close the session
///
/// Ends the session of the token that is sent; the token is refused afterwards.
#[utoipa::path(
    delete,
    path = "/sessions",
    operation_id = "deleteSession",
    tag = "sessions",
    responses((status = 200, description = "Done.", body = Empty))
)]
pub(super) async fn delete_session(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<Empty>, ApiError> {
    app.engine.delete_session(&session.caller, &session.token).await?;
    Ok(Answer::ok(Empty {}))
}
