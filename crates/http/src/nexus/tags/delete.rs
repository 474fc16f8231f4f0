//! `DELETE /tags/{tag_guid}`.

use axum::extract::State;
use riverbank_model::guid::TagGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Delete tag
///
/// Deletes a tag and takes it off all transactions.
#[utoipa::path(
    delete,
    path = "/tags/{tag_guid}",
    operation_id = "deleteTag",
    tag = "tags",
    params(("tag_guid" = String, Path, description = "Id of the tag."), SkipWebhook),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_tag(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TagGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_tag(&session.caller, &guid, skip_webhook).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
