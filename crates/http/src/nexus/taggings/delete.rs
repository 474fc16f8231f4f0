//! `DELETE /taggings/{tagging_guid}`.

use axum::extract::State;
use riverbank_model::guid::TaggingGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Delete tagging
///
/// Takes a tag off a transaction.
#[utoipa::path(
    delete,
    path = "/taggings/{tagging_guid}",
    operation_id = "deleteTagging",
    tag = "taggings",
    params(("tagging_guid" = String, Path, description = "Id of the tagging."), SkipWebhook),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_tagging(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TaggingGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_tagging(&session.caller, &guid, skip_webhook).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
