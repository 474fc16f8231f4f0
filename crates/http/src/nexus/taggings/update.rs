//! `PUT /taggings/{tagging_guid}`.

use axum::extract::State;
use riverbank_engine::taggings::UpdateTaggingError;
use riverbank_model::guid::TaggingGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TaggingBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// Another tag.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TaggingUpdateRequest {
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
    tag_guid: Text,
}

impl RequestBody for TaggingUpdateRequest {
    const ROOT: Option<&'static str> = Some("tagging");
}

type TaggingUpdateRequestBody = Body<TaggingUpdateRequest>;

/// Update tagging
///
/// Puts another tag in the place of the one on a transaction.
#[utoipa::path(
    put,
    path = "/taggings/{tagging_guid}",
    operation_id = "updateTagging",
    tag = "taggings",
    params(("tagging_guid" = String, Path, description = "Id of the tagging."), SkipWebhook),
    request_body = inline(TaggingUpdateRequestBody),
    responses(
        (status = 200, description = "The tagging.", body = TaggingBody),
        (status = 409, description = "The transaction has this tag already (4091)."),
    )
)]
pub(super) async fn update_tagging(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TaggingGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<TaggingUpdateRequest>,
) -> Result<Answer<TaggingBody>, ApiError> {
    let skip_webhook = skip_webhook || body.skip_webhook.unwrap_or_default();
    let view = app.engine.update_tagging(&session.caller, &guid, &body.tag_guid, skip_webhook).await?;
    Ok(Answer::ok(TaggingBody::of(&view, &session.caller.user)))
}

impl From<UpdateTaggingError> for ApiError {
    fn from(error: UpdateTaggingError) -> Self {
        match error {
            UpdateTaggingError::NoSuchTagging | UpdateTaggingError::NoSuchTag => Self::not_found(),
            UpdateTaggingError::TaggedAlready => Self::new(ErrorCode::Conflict, error.to_string()),
            UpdateTaggingError::Fault(fault) => fault.into(),
        }
    }
}
