//! `POST /tags`.

use axum::extract::State;
use riverbank_engine::tags::CreateTagError;

use super::view::{TagBody, TagRequest, TagRequestBody};
use crate::answer::Answer;
use crate::app::App;
use crate::body::Body;
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Create tag
#[utoipa::path(
    post,
    path = "/tags",
    operation_id = "createTag",
    tag = "tags",
    params(SkipWebhook),
    request_body = inline(TagRequestBody),
    responses((status = 200, description = "The tag.", body = TagBody))
)]
pub(super) async fn create_tag(
    State(app): State<App>,
    session: Session,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<TagRequest>,
) -> Result<Answer<TagBody>, ApiError> {
    let skip_webhook = skip_webhook || body.skip_webhook.unwrap_or_default();
    let tag = app.engine.create_tag(&session.caller, body.name.into_string(), skip_webhook).await?;
    Ok(Answer::ok(tag.into()))
}

impl From<CreateTagError> for ApiError {
    fn from(error: CreateTagError) -> Self {
        match error {
            CreateTagError::NoName => Self::bad_request(error.to_string()),
            CreateTagError::NoUser => ErrorCode::Unauthorized.into(),
            CreateTagError::Fault(fault) => fault.into(),
        }
    }
}
