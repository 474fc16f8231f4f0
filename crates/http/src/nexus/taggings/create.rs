//! `POST /taggings`.

use axum::extract::State;
use riverbank_engine::taggings::CreateTaggingError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TaggingBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// A tag and the transaction that is to bear it.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TaggingCreateRequest {
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
    tag_guid: Text,
    transaction_guid: Text,
}

impl RequestBody for TaggingCreateRequest {
    const ROOT: Option<&'static str> = Some("tagging");
}

type TaggingCreateRequestBody = Body<TaggingCreateRequest>;

/// Create tagging
///
/// Puts a tag on a transaction.
#[utoipa::path(
    post,
    path = "/taggings",
    operation_id = "createTagging",
    tag = "taggings",
    params(SkipWebhook),
    request_body = inline(TaggingCreateRequestBody),
    responses(
        (status = 200, description = "The tagging.", body = TaggingBody),
        (status = 404, description = "There is no such tag or transaction (4041)."),
        (status = 409, description = "The transaction has this tag already (4091)."),
    )
)]
pub(super) async fn create_tagging(
    State(app): State<App>,
    session: Session,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<TaggingCreateRequest>,
) -> Result<Answer<TaggingBody>, ApiError> {
    let skip_webhook = skip_webhook || body.skip_webhook.unwrap_or_default();
    let (tag, transaction) = (&body.tag_guid, &body.transaction_guid);
    let view = app.engine.create_tagging(&session.caller, tag, transaction, skip_webhook).await?;
    Ok(Answer::ok(TaggingBody::of(&view, &session.caller.user)))
}

impl From<CreateTaggingError> for ApiError {
    fn from(error: CreateTaggingError) -> Self {
        match error {
            CreateTaggingError::NoSuchTag | CreateTaggingError::NoSuchTransaction => Self::not_found(),
            CreateTaggingError::TaggedAlready => Self::new(ErrorCode::Conflict, error.to_string()),
            CreateTaggingError::NoUser => ErrorCode::Unauthorized.into(),
            CreateTaggingError::Fault(fault) => fault.into(),
        }
    }
}
