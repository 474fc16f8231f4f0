//! `GET /control/institutions/{institution}`.

use axum::extract::State;

use super::view::InstitutionBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::values::Text;

/// Read institution of the sandbox
///
/// An institution with the catalogue file that it follows from.
#[utoipa::path(
    get,
    path = "/control/institutions/{institution}",
    operation_id = "readControlInstitution",
    tag = "institutions",
    params(("institution" = String, Path, description = "Code or id of the institution.")),
    responses((status = 200, description = "The institution.", body = InstitutionBody))
)]
pub(super) async fn read_control_institution(
    State(app): State<App>,
    Path(name): Path<Text>,
) -> Result<Answer<InstitutionBody>, ApiError> {
    let found = app.engine.read_bank(&name).await?;
    found.map(|file| Answer::ok(file.into())).ok_or_else(ApiError::not_found)
}
