//! `DELETE /control/institutions/{institution}`.

use axum::extract::State;
use riverbank_engine::control::RemoveBankError;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::values::Text;

/// Remove institution
///
/// Takes an institution away, with the faults that were planned there. Its deleted members are purged now.
#[utoipa::path(
    delete,
    path = "/control/institutions/{institution}",
    operation_id = "removeInstitution",
    tag = "institutions",
    params(("institution" = String, Path, description = "Code or id of the institution.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 409, description = "It comes with the server, or members are connected to it (4091)."),
    )
)]
pub(super) async fn remove_institution(
    State(app): State<App>,
    Path(name): Path<Text>,
) -> Result<NoContent, ApiError> {
    app.engine.remove_bank(&name).await?;
    Ok(NoContent)
}

impl From<RemoveBankError> for ApiError {
    fn from(error: RemoveBankError) -> Self {
        match error {
            RemoveBankError::NoSuchInstitution => Self::not_found(),
            RemoveBankError::NotASandbox(error) => error.into(),
            RemoveBankError::BuiltIn | RemoveBankError::InUse => {
                Self::new(ErrorCode::Conflict, error.to_string())
            }
            RemoveBankError::Fault(fault) => fault.into(),
        }
    }
}
