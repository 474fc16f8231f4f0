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
    /// Business time, to the microsecond, always with six digits.
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
    let at = body.at.parse().map_err(|error: jiff::Error| {
        if error.is_range() { out_of_range() } else { ApiError::bad_request(NOT_A_TIME) }
    })?;
    let reading = app.engine.set_clock(at).await.map_err(|error| match error {
        MoveClockError::OutOfRange => out_of_range(),
        other => other.into(),
    })?;
    Ok(Answer::ok(reading.into()))
}

const NOT_A_TIME: &str = "at: must be a time such as 2026-01-31T09:00:00Z.";

fn out_of_range() -> ApiError {
    ApiError::bad_request("at: is out of range.")
}

impl From<ClockReading> for ClockBody {
    fn from(reading: ClockReading) -> Self {
        Self { clock: ClockView { now: format!("{:.6}", reading.now), is_frozen: reading.is_frozen } }
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

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body as HttpBody, to_bytes};
    use axum::http::Request;
    use riverbank_engine::testing::{Backend, Bench};
    use serde_json::{Value, json};
    use tower::ServiceExt;

    use super::*;

    async fn post(router: &Router, path: &str, body: Value) -> Value {
        let request = Request::post(path).header("md-control-key", "key");
        let request = request.body(HttpBody::from(body.to_string())).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap()
    }

    async fn control() -> Router {
        let bench = Bench::on(Backend::Sqlite).await;
        crate::control::routes("key".into()).with_state(App { engine: bench.engine, limit: None })
    }

    #[tokio::test]
    async fn the_clock_shows_six_digits_of_a_second() {
        let control = control().await;
        post(&control, "/control/clock/freeze", json!({})).await;
        for (at, shown) in [
            ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00.000000Z"),
            ("2026-03-01T10:00:00.1234567+01:00", "2026-03-01T09:00:00.123456Z"),
        ] {
            let answer = post(&control, "/control/clock/set", json!({"at": at})).await;
            assert_eq!(answer["clock"]["now"], shown);
        }
    }

    #[tokio::test]
    async fn a_time_out_of_range_is_told_from_one_that_is_malformed() {
        let control = control().await;
        post(&control, "/control/clock/resume", json!({})).await;
        let rows = [
            ("9999-12-31T23:59:59Z", "at: is out of range."),
            ("9999-12-30T21:00:00Z", "at: is out of range."),
            ("2026-02-30T00:00:00Z", "at: is out of range."),
            ("2026-03-01", NOT_A_TIME),
            ("2026-03-01T09:00:00", NOT_A_TIME),
            ("soon", NOT_A_TIME),
        ];
        for (at, message) in rows {
            let answer = post(&control, "/control/clock/set", json!({"at": at})).await;
            assert_eq!(answer["error"], json!({"code": 4002, "message": message}), "{at}");
        }
    }
}
