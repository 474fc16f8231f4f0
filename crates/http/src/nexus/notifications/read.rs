//! `GET /notifications/{notification_guid}`.

use axum::extract::State;
use riverbank_model::guid::NotificationGuid;

use super::view::NotificationBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read notification
#[utoipa::path(
    get,
    path = "/notifications/{notification_guid}",
    operation_id = "readNotification",
    tag = "notifications",
    params(("notification_guid" = String, Path, description = "Id of the notification.")),
    responses((status = 200, description = "The notification.", body = NotificationBody))
)]
pub(super) async fn read_notification(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<NotificationGuid>,
) -> Result<Answer<NotificationBody>, ApiError> {
    let notification = app.engine.read_notification(&session.caller, &guid).await?;
    Ok(Answer::ok(notification.ok_or_else(ApiError::not_found)?.into()))
}
