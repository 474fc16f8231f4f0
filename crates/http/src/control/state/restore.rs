//! `POST /control/state/snapshots/{name}/restore`.

use axum::extract::State;
use riverbank_engine::control::RestoreSnapshotError;

use super::view::SnapshotBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::values::Text;

/// Restore snapshot
///
/// Puts everything back as it is in a snapshot, the clock too, all of it or nothing. What is under way ends without a
/// trace; what waited in the snapshot waits again.
#[utoipa::path(
    post,
    path = "/control/state/snapshots/{name}/restore",
    operation_id = "restoreSnapshot",
    tag = "state",
    params(("name" = String, Path, description = "Its name.")),
    responses(
        (status = 200, description = "The snapshot.", body = SnapshotBody),
        (status = 409, description = "The clock is being moved, or others write all the time (4091)."),
        (status = 422, description = "It is of another version, or cannot be read (4220)."),
    )
)]
pub(super) async fn restore_snapshot(
    State(app): State<App>,
    Path(name): Path<Text>,
) -> Result<Answer<SnapshotBody>, ApiError> {
    Ok(Answer::ok(app.engine.restore_snapshot(&name).await?.into()))
}

impl From<RestoreSnapshotError> for ApiError {
    fn from(error: RestoreSnapshotError) -> Self {
        let code = match error {
            RestoreSnapshotError::Fault(fault) => return fault.into(),
            RestoreSnapshotError::NotASandbox(error) => return error.into(),
            RestoreSnapshotError::NoSuchSnapshot => return Self::not_found(),
            RestoreSnapshotError::Unreadable(_) => ErrorCode::Unprocessable,
            RestoreSnapshotError::Busy | RestoreSnapshotError::ClockMoves => ErrorCode::Conflict,
        };
        Self::new(code, error.to_string())
    }
}
