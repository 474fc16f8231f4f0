//! `GET /mdx/{client_id}/users/{user_id}`.

use axum::extract::State;

use super::view::UserBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::partner::client::Client;
use crate::path::Paths;
use crate::values::Text;

/// Read user
///
/// The user with the partner's own id.
#[utoipa::path(
    get,
    path = "/mdx/{client_id}/users/{user_id}",
    operation_id = "readPartnerUser",
    tag = "users",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
    ),
    responses((status = 200, description = "The user.", body = UserBody))
)]
pub(super) async fn read_user(
    State(app): State<App>,
    Client(partner): Client,
    Paths((_, id)): Paths<(Text, Text)>,
) -> Result<Answer<UserBody>, ApiError> {
    let user = app.engine.read_user(&partner, &id).await?;
    let user = user.ok_or_else(|| ApiError::new(ErrorCode::NotFound, "User not found."))?;
    Ok(Answer::ok(user.into()))
}
