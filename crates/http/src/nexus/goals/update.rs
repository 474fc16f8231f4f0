//! `PUT /goals/{goal_guid}`.

use axum::extract::State;
use riverbank_engine::goals::{GoalChanges, UpdateGoal, UpdateGoalError};
use riverbank_model::goal::{GoalMetaType, GoalTrackType, GoalType};
use riverbank_model::guid::GoalGuid;
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
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::{Moment, NotEmpty, Text};

/// The changes to a goal; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct GoalUpdateRequest {
    /// The account whose balance tells how far it has come.
    account_guid: Option<Text>,
    /// What is to be saved or paid off, not negative.
    amount: Option<Amount>,
    /// When it was reached; then it is complete.
    completed_at: Option<Moment>,
    /// Whether it is saved or paid off.
    #[schema(schema_with = goal_types)]
    goal_type_name: Option<GoalType>,
    /// Whether what was saved is spent.
    has_been_spent: Option<bool>,
    /// Whether it is complete. False counts for more than a time.
    is_complete: Option<bool>,
    /// What it is for.
    #[schema(schema_with = goal_meta_types)]
    meta_type_name: Option<GoalMetaType>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// The name to show; not empty.
    #[schema(value_type = Option<NotEmpty>)]
    name: Option<Text>,
    /// Its place among the goals, from 1; the last is as far as it goes.
    #[schema(minimum = 1)]
    position: Option<i64>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
    /// Its track, instead of the one that follows from the rest.
    #[schema(schema_with = goal_track_types)]
    track_type_name: Option<GoalTrackType>,
}

impl RequestBody for GoalUpdateRequest {
    const ROOT: Option<&'static str> = Some("goal");
}

type GoalUpdateRequestBody = Body<GoalUpdateRequest>;

/// Update goal
///
/// Changes a goal. At another position, the others make room and close up. Once its account, amount or type is changed so that
/// it is reached, it is complete, unless `is_complete` is false. Something must be set aside for goals each month.
#[utoipa::path(
    put,
    path = "/goals/{goal_guid}",
    operation_id = "updateGoal",
    tag = "goals",
    params(("goal_guid" = String, Path, description = "Id of the goal."), SkipWebhook),
    request_body = inline(GoalUpdateRequestBody),
    responses(
        (status = 200, description = "The goal.", body = GoalBody),
        (status = 422, description = "Nothing is set aside for goals (4220)."),
    )
)]
pub(super) async fn update_goal(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<GoalGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<GoalUpdateRequest>,
) -> Result<Answer<GoalBody>, ApiError> {
    let request = UpdateGoal {
        account_guid: body.account_guid.map(Text::into_string),
        amount: body.amount.map(|amount| amount.0),
        goal_type: body.goal_type_name,
        meta_type: body.meta_type_name,
        name: body.name.map(Text::into_string),
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
    Ok(Answer::ok(app.engine.update_goal(&session.caller, &guid, request).await?.into()))
}

impl From<UpdateGoalError> for ApiError {
    fn from(error: UpdateGoalError) -> Self {
        match error {
            UpdateGoalError::Invalid(invalid) => Self::bad_request(invalid.to_string()),
            UpdateGoalError::NoSuchGoal | UpdateGoalError::NoSuchAccount => Self::not_found(),
            UpdateGoalError::NoContribution => Self::new(ErrorCode::Unprocessable, error.to_string()),
            UpdateGoalError::Fault(fault) => fault.into(),
        }
    }
}
