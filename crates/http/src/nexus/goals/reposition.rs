//! `PUT /goals/reposition`.

use axum::extract::State;
use riverbank_engine::goals::RepositionGoalsError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::GoalsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::values::Text;

/// Goals that are to move.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = RepositionRequestBody)]
pub(super) struct RepositionRequest {
    /// Each goal and each position once.
    goals: Vec<GoalPosition>,
}

/// Where a goal is to stand.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct GoalPosition {
    /// The goal.
    guid: Text,
    /// Its place among the goals, from 1; the last is as far as it goes.
    #[schema(minimum = 1)]
    position: i64,
}

impl RequestBody for RepositionRequest {
    const ROOT: Option<&'static str> = None;
}

/// Reposition goals
///
/// Puts goals at other positions; the rest fill up in their order. Answers all goals. Something must be set aside for goals each
/// month.
#[utoipa::path(
    put,
    path = "/goals/reposition",
    operation_id = "repositionGoals",
    tag = "goals",
    request_body = RepositionRequest,
    responses(
        (status = 200, description = "All goals, by position.", body = GoalsBody),
        (status = 404, description = "One of the goals does not exist (4041)."),
        (status = 422, description = "Nothing is set aside for goals (4220)."),
    )
)]
pub(super) async fn reposition_goals(
    State(app): State<App>,
    session: Session,
    Body(body): Body<RepositionRequest>,
) -> Result<Answer<GoalsBody>, ApiError> {
    let moves = body.goals.into_iter().map(|goal| (goal.guid.into_string(), goal.position)).collect();
    Ok(Answer::ok(app.engine.reposition_goals(&session.caller, moves).await?.into()))
}

impl From<RepositionGoalsError> for ApiError {
    fn from(error: RepositionGoalsError) -> Self {
        match error {
            RepositionGoalsError::Invalid(_) | RepositionGoalsError::Twice => {
                Self::bad_request(error.to_string())
            }
            RepositionGoalsError::NoSuchGoal => Self::new(ErrorCode::NotFound, error.to_string()),
            RepositionGoalsError::NoContribution => Self::new(ErrorCode::Unprocessable, error.to_string()),
            RepositionGoalsError::Fault(fault) => fault.into(),
        }
    }
}
