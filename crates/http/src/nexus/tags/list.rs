//! `GET /tags`.

use axum::extract::State;

use super::view::TagsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::session::Session;

/// List tags
///
/// The tags of the user, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/tags",
    operation_id = "listTags",
    tag = "tags",
    responses((status = 200, description = "The tags.", body = TagsBody))
)]
pub(super) async fn list_tags(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<TagsBody>, ApiError> {
    Ok(Answer::ok(app.engine.list_tags(&session.caller).await?.into()))
}
