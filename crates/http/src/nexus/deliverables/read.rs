//! `GET /notifications/{notification_guid}/deliverables/{deliverable_guid}`.

use axum::extract::State;
use riverbank_model::guid::{DeliverableGuid, NotificationGuid};

use super::view::DeliverableBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Paths;
use crate::session::Session;

/// Read deliverable
#[utoipa::path(
    get,
    path = "/notifications/{notification_guid}/deliverables/{deliverable_guid}",
    operation_id = "readDeliverable",
    tag = "notifications",
    params(
        ("notification_guid" = String, Path, description = "Id of the notification."),
        ("deliverable_guid" = String, Path, description = "Id of the deliverable."),
    ),
    responses((status = 200, description = "The deliverable.", body = DeliverableBody))
)]
pub(super) async fn read_deliverable(
    State(app): State<App>,
    session: Session,
    Paths((notification, guid)): Paths<(NotificationGuid, DeliverableGuid)>,
) -> Result<Answer<DeliverableBody>, ApiError> {
    let deliverable = app.engine.read_deliverable(&session.caller, &notification, &guid).await?;
    Ok(Answer::ok(deliverable.ok_or_else(ApiError::not_found)?.into()))
}
