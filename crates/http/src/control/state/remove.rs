//! `DELETE /control/state/snapshots/{name}`.

use axum::extract::State;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::values::Text;

/// Remove snapshot
///
/// Takes a snapshot away; what the sandbox holds stays as it is.
#[utoipa::path(
    delete,
    path = "/control/state/snapshots/{name}",
    operation_id = "removeSnapshot",
    tag = "state",
    params(("name" = String, Path, description = "Its name.")),
    responses((status = 204, description = "It is gone."))
)]
pub(super) async fn remove_snapshot(
    State(app): State<App>,
    Path(name): Path<Text>,
) -> Result<NoContent, ApiError> {
    if app.engine.remove_snapshot(&name).await? { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
