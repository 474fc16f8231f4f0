//! `GET /control/state/snapshots`.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::SnapshotView;
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;

/// All snapshots with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SnapshotsResponseBody)]
pub(super) struct SnapshotsBody {
    pagination: Pagination,
    snapshots: Vec<SnapshotView>,
}

/// List snapshots
///
/// All of them, by the moment that they are of.
#[utoipa::path(
    get,
    path = "/control/state/snapshots",
    operation_id = "listSnapshots",
    tag = "state",
    responses((status = 200, description = "The snapshots.", body = SnapshotsBody))
)]
pub(super) async fn list_snapshots(State(app): State<App>) -> Result<Answer<SnapshotsBody>, ApiError> {
    let snapshots = app.engine.list_snapshots().await?;
    Ok(Answer::ok(SnapshotsBody {
        pagination: Pagination::whole(snapshots.len()),
        snapshots: snapshots.into_iter().map(SnapshotView::from).collect(),
    }))
}
