//! `POST /notifications`.

use axum::extract::State;
use riverbank_engine::notifications::{CreateNotification, CreateNotificationError};
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::NotificationBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::values::{NotEmpty, Text};

/// What a partner tells the user.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NotificationCreateRequest {
    /// The text for the user's devices; not empty.
    #[schema(value_type = NotEmpty<{ limits::METADATA }>)]
    content: Text<{ limits::METADATA }>,
    /// In a sentence; not empty.
    #[schema(value_type = NotEmpty)]
    subject: Text,
}

impl RequestBody for NotificationCreateRequest {
    const ROOT: Option<&'static str> = Some("notification");
}

type NotificationCreateRequestBody = Body<NotificationCreateRequest>;

/// Create notification
///
/// Notifies the user in the partner's name (11 `API_NOTIFICATION`), without an entity. The text is a deliverable of the channel
/// PUSH; deliverables of other channels can be added.
#[utoipa::path(
    post,
    path = "/notifications",
    operation_id = "createNotification",
    tag = "notifications",
    request_body = inline(NotificationCreateRequestBody),
    responses((status = 200, description = "The notification.", body = NotificationBody))
)]
pub(super) async fn create_notification(
    State(app): State<App>,
    session: Session,
    Body(body): Body<NotificationCreateRequest>,
) -> Result<Answer<NotificationBody>, ApiError> {
    let request =
        CreateNotification { subject: body.subject.into_string(), content: body.content.into_string() };
    Ok(Answer::ok(app.engine.create_notification(&session.caller, request).await?.into()))
}

impl From<CreateNotificationError> for ApiError {
    fn from(error: CreateNotificationError) -> Self {
        match error {
            CreateNotificationError::Empty(_) => Self::bad_request(error.to_string()),
            CreateNotificationError::NoUser => ErrorCode::Unauthorized.into(),
            CreateNotificationError::Fault(fault) => fault.into(),
        }
    }
}
