//! `GET /goals`.

use axum::extract::State;

use super::view::GoalsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::session::Session;

/// List goals
///
/// The goals of the user, by position.
#[utoipa::path(
    get,
    path = "/goals",
    operation_id = "listGoals",
    tag = "goals",
    responses((status = 200, description = "The goals.", body = GoalsBody))
)]
pub(super) async fn list_goals(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<GoalsBody>, ApiError> {
    Ok(Answer::ok(app.engine.list_goals(&session.caller).await?.into()))
}
