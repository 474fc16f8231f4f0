//! `/control/clock`: reading and moving the business clock.

use axum::extract::State;
use riverbank_engine::control::{ClockReading, MoveClockError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::values::Text;

/// What the clock shows.
#[derive(Debug, Serialize)]
pub(super) struct ClockView {
    /// Business time, to the microsecond.
    now: String,
    is_frozen: bool,
}

/// A clock with its root.
#[derive(Debug, Serialize)]
pub(super) struct ClockBody {
    clock: ClockView,
}

/// How far to move the clock on.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Advance {
    seconds: i64,
}

impl RequestBody for Advance {
    const ROOT: Option<&'static str> = Some("clock");
}

/// What the clock is to show.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Set {
    at: Text,
}

impl RequestBody for Set {
    const ROOT: Option<&'static str> = Some("clock");
}

pub(super) async fn read(State(app): State<App>) -> Answer<ClockBody> {
    Answer::ok(app.engine.read_clock().into())
}

pub(super) async fn advance(
    State(app): State<App>,
    Body(body): Body<Advance>,
) -> Result<Answer<ClockBody>, ApiError> {
    Ok(Answer::ok(app.engine.advance_clock(body.seconds).await?.into()))
}

pub(super) async fn freeze(State(app): State<App>) -> Result<Answer<ClockBody>, ApiError> {
    Ok(Answer::ok(app.engine.freeze_clock().await?.into()))
}

pub(super) async fn resume(State(app): State<App>) -> Result<Answer<ClockBody>, ApiError> {
    Ok(Answer::ok(app.engine.resume_clock().await?.into()))
}

pub(super) async fn set(
    State(app): State<App>,
    Body(body): Body<Set>,
) -> Result<Answer<ClockBody>, ApiError> {
    let at = body.at.parse();
    let at = at.map_err(|_| ApiError::bad_request("at: must be a time such as 2026-01-31T09:00:00Z."))?;
    Ok(Answer::ok(app.engine.set_clock(at).await?.into()))
}

impl From<ClockReading> for ClockBody {
    fn from(reading: ClockReading) -> Self {
        Self { clock: ClockView { now: reading.now.to_string(), is_frozen: reading.is_frozen } }
    }
}

impl From<MoveClockError> for ApiError {
    fn from(error: MoveClockError) -> Self {
        match error {
            MoveClockError::Fault(fault) => fault.into(),
            MoveClockError::NotASandbox => Self::new(ErrorCode::NotAllowed, error.to_string()),
            MoveClockError::OutOfRange | MoveClockError::Backwards => Self::bad_request(error.to_string()),
        }
    }
}
