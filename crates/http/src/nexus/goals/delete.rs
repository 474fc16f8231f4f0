//! `DELETE /goals/{goal_guid}`.

use axum::extract::State;
use riverbank_model::guid::GoalGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Delete goal
///
/// Deletes a goal; those behind it move up.
#[utoipa::path(
    delete,
    path = "/goals/{goal_guid}",
    operation_id = "deleteGoal",
    tag = "goals",
    params(("goal_guid" = String, Path, description = "Id of the goal."), SkipWebhook),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_goal(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<GoalGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_goal(&session.caller, &guid, skip_webhook).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
