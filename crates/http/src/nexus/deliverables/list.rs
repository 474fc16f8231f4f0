//! `GET /notifications/{notification_guid}/deliverables`.

use axum::extract::State;
use riverbank_model::guid::NotificationGuid;

use super::view::DeliverablesBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// List deliverables
///
/// What the user is told over each channel of one notification, by the numbers of the channels. Not paged.
#[utoipa::path(
    get,
    path = "/notifications/{notification_guid}/deliverables",
    operation_id = "listDeliverables",
    tag = "notifications",
    params(("notification_guid" = String, Path, description = "Id of the notification.")),
    responses((status = 200, description = "The deliverables.", body = DeliverablesBody))
)]
pub(super) async fn list_deliverables(
    State(app): State<App>,
    session: Session,
    Path(notification): Path<NotificationGuid>,
) -> Result<Answer<DeliverablesBody>, ApiError> {
    let deliverables = app.engine.list_deliverables(&session.caller, &notification).await?;
    Ok(Answer::ok(deliverables.ok_or_else(ApiError::not_found)?.into()))
}
