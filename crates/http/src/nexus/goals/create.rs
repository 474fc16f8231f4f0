//! `POST /goals`.

use axum::extract::State;
use riverbank_engine::goals::{CreateGoal, CreateGoalError, GoalChanges};
use riverbank_model::goal::{GoalMetaType, GoalTrackType, GoalType};
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::GoalBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::{ApiError, ErrorCode};
use crate::nexus::object::{goal_meta_types, goal_track_types, goal_types};
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::{Moment, NotEmpty, Text};

/// A new goal.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct GoalCreateRequest {
    /// The account whose balance tells how far it has come.
    account_guid: Text,
    /// What is to be saved or paid off, not negative.
    amount: Amount,
    /// When it was reached; then it is complete.
    completed_at: Option<Moment>,
    /// Whether it is saved or paid off.
    #[schema(schema_with = goal_types)]
    goal_type_name: GoalType,
    /// Whether what was saved is spent.
    has_been_spent: Option<bool>,
    /// Whether it is complete. False counts for more than a time.
    is_complete: Option<bool>,
    /// What it is for.
    #[schema(schema_with = goal_meta_types)]
    meta_type_name: GoalMetaType,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// The name to show; not empty.
    #[schema(value_type = NotEmpty)]
    name: Text,
    /// Its place among the goals, from 1; the last is as far as it goes.
    #[schema(minimum = 1)]
    position: Option<i64>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
    /// Its track, instead of the one that follows from the rest.
    #[schema(schema_with = goal_track_types)]
    track_type_name: Option<GoalTrackType>,
}

impl RequestBody for GoalCreateRequest {
    const ROOT: Option<&'static str> = Some("goal");
}

type GoalCreateRequestBody = Body<GoalCreateRequest>;

/// Create goal
///
/// Makes a goal: the last one, or at a position, behind which the others make room. One that its account has reached is complete,
/// unless `is_complete` is false. Something must be set aside for goals each month, by the figure of the monthly cash flow
/// profile that is in use.
#[utoipa::path(
    post,
    path = "/goals",
    operation_id = "createGoal",
    tag = "goals",
    params(SkipWebhook),
    request_body = inline(GoalCreateRequestBody),
    responses(
        (status = 200, description = "The goal.", body = GoalBody),
        (status = 404, description = "There is no such account (4041)."),
        (status = 422, description = "Nothing is set aside for goals (4220)."),
    )
)]
pub(super) async fn create_goal(
    State(app): State<App>,
    session: Session,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<GoalCreateRequest>,
) -> Result<Answer<GoalBody>, ApiError> {
    let request = CreateGoal {
        account_guid: body.account_guid.into_string(),
        amount: body.amount.0,
        goal_type: body.goal_type_name,
        meta_type: body.meta_type_name,
        name: body.name.into_string(),
        changes: GoalChanges {
            completed_at: body.completed_at.map(|at| at.0),
            has_been_spent: body.has_been_spent,
            is_complete: body.is_complete,
            metadata: body.metadata.map(Text::into_string),
            position: body.position,
            track_type: body.track_type_name,
        },
        skip_webhook: skip_webhook || body.skip_webhook.unwrap_or_default(),
    };
    Ok(Answer::ok(app.engine.create_goal(&session.caller, request).await?.into()))
}

impl From<CreateGoalError> for ApiError {
    fn from(error: CreateGoalError) -> Self {
        match error {
            CreateGoalError::Invalid(invalid) => Self::bad_request(invalid.to_string()),
            CreateGoalError::NoSuchAccount => Self::not_found(),
            CreateGoalError::NoContribution => Self::new(ErrorCode::Unprocessable, error.to_string()),
            CreateGoalError::NoUser => ErrorCode::Unauthorized.into(),
            CreateGoalError::Fault(fault) => fault.into(),
        }
    }
}
