//! `DELETE /control/faults` and `DELETE /control/faults/{number}`.

use axum::extract::State;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::values::Text;

/// Clear faults
///
/// Takes all faults away.
#[utoipa::path(
    delete,
    path = "/control/faults",
    operation_id = "clearFaults",
    tag = "faults",
    responses((status = 204, description = "There are none any more."))
)]
pub(super) async fn clear_faults(State(app): State<App>) -> Result<NoContent, ApiError> {
    app.engine.clear_faults().await?;
    Ok(NoContent)
}

/// Remove fault
///
/// Takes one fault away.
#[utoipa::path(
    delete,
    path = "/control/faults/{number}",
    operation_id = "removeFault",
    tag = "faults",
    params(("number" = String, Path, description = "Number of the fault.")),
    responses((status = 204, description = "It is gone."))
)]
pub(super) async fn remove_fault(
    State(app): State<App>,
    Path(number): Path<Text>,
) -> Result<NoContent, ApiError> {
    let number = number.parse().map_err(|_| ApiError::not_found())?;
    if app.engine.remove_fault(number).await? { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
