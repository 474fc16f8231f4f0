//! `POST /control/state/snapshots`.

use axum::extract::State;
use riverbank_engine::control::TakeSnapshotError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::SnapshotBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::values::Text;

/// What to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SnapshotRequest)]
pub(super) struct TakeSnapshot {
    /// 1 to 64 letters, digits, dashes and underscores.
    #[schema(value_type = String, pattern = "^[A-Za-z0-9_-]{1,64}$")]
    name: Text,
}

impl RequestBody for TakeSnapshot {
    const ROOT: Option<&'static str> = Some("snapshot");
}

type TakeSnapshotBody = Body<TakeSnapshot>;

/// Take snapshot
///
/// Keeps everything that the sandbox holds, and what its clock shows, under a name. Jobs and webhooks that are under way or
/// due are waited for, half a minute at most.
#[utoipa::path(
    post,
    path = "/control/state/snapshots",
    operation_id = "takeSnapshot",
    tag = "state",
    request_body = inline(TakeSnapshotBody),
    responses(
        (status = 200, description = "The snapshot.", body = SnapshotBody),
        (status = 409, description = "There is one of this name, jobs do not end, or the clock is being moved (4091)."),
    )
)]
pub(super) async fn take_snapshot(
    State(app): State<App>,
    Body(request): TakeSnapshotBody,
) -> Result<Answer<SnapshotBody>, ApiError> {
    Ok(Answer::ok(app.engine.take_snapshot(&request.name).await?.into()))
}

impl From<TakeSnapshotError> for ApiError {
    fn from(error: TakeSnapshotError) -> Self {
        let code = match error {
            TakeSnapshotError::Fault(fault) => return fault.into(),
            TakeSnapshotError::NotASandbox(error) => return error.into(),
            TakeSnapshotError::Name(_) => ErrorCode::BadRequest,
            TakeSnapshotError::Exists(_) | TakeSnapshotError::Busy | TakeSnapshotError::ClockMoves => {
                ErrorCode::Conflict
            }
        };
        Self::new(code, error.to_string())
    }
}
