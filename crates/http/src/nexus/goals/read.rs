//! `GET /goals/{goal_guid}`.

use axum::extract::State;
use riverbank_model::guid::GoalGuid;

use super::view::GoalBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read goal
#[utoipa::path(
    get,
    path = "/goals/{goal_guid}",
    operation_id = "readGoal",
    tag = "goals",
    params(("goal_guid" = String, Path, description = "Id of the goal.")),
    responses((status = 200, description = "The goal.", body = GoalBody))
)]
pub(super) async fn read_goal(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<GoalGuid>,
) -> Result<Answer<GoalBody>, ApiError> {
    let goal = app.engine.read_goal(&session.caller, &guid).await?;
    Ok(Answer::ok(goal.ok_or_else(ApiError::not_found)?.into()))
}
