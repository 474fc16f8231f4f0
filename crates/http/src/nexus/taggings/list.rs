//! `GET /taggings`.

use axum::extract::State;

use super::view::TaggingsBody;
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::query::Paging;
use crate::session::Session;

/// List taggings
///
/// Which transactions of the user bear which tags, in the order in which they were put on.
#[utoipa::path(
    get,
    path = "/taggings",
    operation_id = "listTaggings",
    tag = "taggings",
    params(Paging),
    responses((status = 200, description = "The taggings.", body = TaggingsBody))
)]
pub(super) async fn list_taggings(
    State(app): State<App>,
    session: Session,
    paging: Paging,
) -> Result<Answer<TaggingsBody>, ApiError> {
    let list = app.engine.list_taggings(&session.caller, paging.into()).await?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(TaggingsBody::of(&list, &session.caller.user, pagination)))
}
