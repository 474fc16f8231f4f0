//! `/control/clock`: reading and moving the business clock.

use axum::extract::State;
use riverbank_engine::control::{ClockReading, MoveClockError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::values::Text;

/// What the clock shows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Clock)]
struct ClockView {
    /// Business time, to the microsecond, always with six digits.
    #[schema(example = "2026-01-31T09:00:00.000000Z")]
    now: String,
    /// Whether it stands still.
    is_frozen: bool,
    /// Seconds of business time in each second: 1 as a rule, 0 while it stands still.
    #[schema(example = 1)]
    speed: u32,
}

/// A clock with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClockResponseBody)]
struct ClockBody {
    clock: ClockView,
}

/// How far to move the clock on.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ClockAdvanceRequest)]
struct Advance {
    #[schema(minimum = 0, example = 86_400)]
    seconds: i64,
}

impl RequestBody for Advance {
    const ROOT: Option<&'static str> = Some("clock");
}

/// How fast the clock is to run.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ClockSpeedRequest)]
struct Speed {
    /// Seconds of business time in each second.
    #[schema(minimum = 1, maximum = 86_400, example = 60)]
    speed: i64,
}

impl RequestBody for Speed {
    const ROOT: Option<&'static str> = Some("clock");
}

/// What the clock is to show.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ClockSetRequest)]
struct Set {
    /// A time in RFC 3339, such as `2026-01-31T09:00:00Z`.
    #[schema(value_type = String, format = DateTime)]
    at: Text,
}

impl RequestBody for Set {
    const ROOT: Option<&'static str> = Some("clock");
}

type AdvanceBody = Body<Advance>;
type SpeedBody = Body<Speed>;
type SetBody = Body<Set>;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(read))
        .routes(routes!(advance))
        .routes(routes!(freeze))
        .routes(routes!(resume))
        .routes(routes!(set))
        .routes(routes!(speed))
}

/// Read clock
#[utoipa::path(
    get,
    path = "/control/clock",
    operation_id = "readClock",
    tag = "clock",
    responses((status = 200, description = "What the clock shows.", body = ClockBody))
)]
async fn read(State(app): State<App>) -> Answer<ClockBody> {
    Answer::ok(app.engine.read_clock().into())
}

/// Advance clock
///
/// Moves the clock on, by way of each moment at which something falls due, and does that; it answers when all is done.
#[utoipa::path(
    post,
    path = "/control/clock/advance",
    operation_id = "advanceClock",
    tag = "clock",
    request_body = inline(AdvanceBody),
    responses((status = 200, description = "What the clock shows.", body = ClockBody))
)]
async fn advance(State(app): State<App>, Body(body): AdvanceBody) -> Result<Answer<ClockBody>, ApiError> {
    Ok(Answer::ok(app.engine.advance_clock(body.seconds).await?.into()))
}

/// Freeze clock
///
/// Makes the clock stand still.
#[utoipa::path(
    post,
    path = "/control/clock/freeze",
    operation_id = "freezeClock",
    tag = "clock",
    responses((status = 200, description = "What the clock shows.", body = ClockBody))
)]
async fn freeze(State(app): State<App>) -> Result<Answer<ClockBody>, ApiError> {
    Ok(Answer::ok(app.engine.freeze_clock().await?.into()))
}

/// Resume clock
///
/// Makes the clock run on from where it stands.
#[utoipa::path(
    post,
    path = "/control/clock/resume",
    operation_id = "resumeClock",
    tag = "clock",
    responses((status = 200, description = "What the clock shows.", body = ClockBody))
)]
async fn resume(State(app): State<App>) -> Result<Answer<ClockBody>, ApiError> {
    Ok(Answer::ok(app.engine.resume_clock().await?.into()))
}

/// Set clock
///
/// Sets the clock, forwards or back. Forwards it goes as if it were moved on; it answers when all is done.
#[utoipa::path(
    post,
    path = "/control/clock/set",
    operation_id = "setClock",
    tag = "clock",
    request_body = inline(SetBody),
    responses((status = 200, description = "What the clock shows.", body = ClockBody))
)]
async fn set(State(app): State<App>, Body(body): SetBody) -> Result<Answer<ClockBody>, ApiError> {
    let at = body.at.parse().map_err(|error: jiff::Error| {
        if error.is_range() { out_of_range() } else { ApiError::bad_request(NOT_A_TIME) }
    })?;
    let reading = app.engine.set_clock(at).await.map_err(|error| match error {
        MoveClockError::OutOfRange => out_of_range(),
        other => other.into(),
    })?;
    Ok(Answer::ok(reading.into()))
}

/// Speed clock
///
/// Makes the clock run on from where it stands, so many times as fast as time passes.
#[utoipa::path(
    post,
    path = "/control/clock/speed",
    operation_id = "speedClock",
    tag = "clock",
    request_body = inline(SpeedBody),
    responses((status = 200, description = "What the clock shows.", body = ClockBody))
)]
async fn speed(State(app): State<App>, Body(body): SpeedBody) -> Result<Answer<ClockBody>, ApiError> {
    let speed = u32::try_from(body.speed).unwrap_or(0);
    Ok(Answer::ok(app.engine.speed_clock(speed).await?.into()))
}

const NOT_A_TIME: &str = "at: must be a time such as 2026-01-31T09:00:00Z.";

fn out_of_range() -> ApiError {
    ApiError::bad_request("at: is out of range.")
}

impl From<ClockReading> for ClockBody {
    fn from(reading: ClockReading) -> Self {
        let ClockReading { now, speed } = reading;
        Self { clock: ClockView { now: format!("{now:.6}"), is_frozen: speed == 0, speed } }
    }
}

impl From<MoveClockError> for ApiError {
    fn from(error: MoveClockError) -> Self {
        match error {
            MoveClockError::Fault(fault) => fault.into(),
            MoveClockError::NotASandbox => Self::new(ErrorCode::NotAllowed, error.to_string()),
            MoveClockError::OutOfRange | MoveClockError::Backwards | MoveClockError::Speed => {
                Self::bad_request(error.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::Server;

    #[tokio::test]
    async fn the_clock_shows_six_digits_of_a_second() {
        let server = Server::start().await;
        let control = server.control();
        control.post("/control/clock/freeze", json!({})).await;
        for (at, shown) in [
            ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00.000000Z"),
            ("2026-03-01T10:00:00.1234567+01:00", "2026-03-01T09:00:00.123456Z"),
        ] {
            let answer = control.post("/control/clock/set", json!({"at": at})).await.json();
            assert_eq!(answer["clock"]["now"], shown);
        }
    }

    #[tokio::test]
    async fn a_time_out_of_range_is_told_from_one_that_is_malformed() {
        let server = Server::start().await;
        let control = server.control();
        control.post("/control/clock/resume", json!({})).await;
        let rows = [
            ("9999-12-31T23:59:59Z", "at: is out of range."),
            ("9999-12-30T21:00:00Z", "at: is out of range."),
            ("2026-02-30T00:00:00Z", "at: is out of range."),
            ("2026-03-01", NOT_A_TIME),
            ("2026-03-01T09:00:00", NOT_A_TIME),
            ("soon", NOT_A_TIME),
        ];
        for (at, message) in rows {
            let answer = control.post("/control/clock/set", json!({"at": at})).await.json();
            assert_eq!(answer["error"], json!({"code": 4002, "message": message}), "{at}");
        }
    }
}
