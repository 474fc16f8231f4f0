//! `GET /control/faults`.

use axum::extract::State;

use super::view::{FaultView, FaultsBody};
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;

/// List faults
///
/// All that is planned, by number. A fault that has struck as often as it was told to stays until it is taken away.
#[utoipa::path(
    get,
    path = "/control/faults",
    operation_id = "listFaults",
    tag = "faults",
    responses((status = 200, description = "All faults.", body = FaultsBody))
)]
pub(super) async fn list_faults(State(app): State<App>) -> Result<Answer<FaultsBody>, ApiError> {
    let faults = app.engine.planned_faults().await?;
    Ok(Answer::ok(FaultsBody { faults: faults.into_iter().map(FaultView::from).collect() }))
}
