//! `PUT /tags/{tag_guid}`.

use axum::extract::State;
use riverbank_engine::tags::UpdateTagError;
use riverbank_model::guid::TagGuid;

use super::view::{TagBody, TagRequest, TagRequestBody};
use crate::answer::Answer;
use crate::app::App;
use crate::body::Body;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Update tag
///
/// Renames a tag.
#[utoipa::path(
    put,
    path = "/tags/{tag_guid}",
    operation_id = "updateTag",
    tag = "tags",
    params(("tag_guid" = String, Path, description = "Id of the tag."), SkipWebhook),
    request_body = inline(TagRequestBody),
    responses((status = 200, description = "The tag.", body = TagBody))
)]
pub(super) async fn update_tag(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TagGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<TagRequest>,
) -> Result<Answer<TagBody>, ApiError> {
    let skip_webhook = skip_webhook || body.skip_webhook.unwrap_or_default();
    let tag = app.engine.update_tag(&session.caller, &guid, body.name.into_string(), skip_webhook).await?;
    Ok(Answer::ok(tag.into()))
}

impl From<UpdateTagError> for ApiError {
    fn from(error: UpdateTagError) -> Self {
        match error {
            UpdateTagError::NoSuchTag => Self::not_found(),
            UpdateTagError::NoName => Self::bad_request(error.to_string()),
            UpdateTagError::Fault(fault) => fault.into(),
        }
    }
}
