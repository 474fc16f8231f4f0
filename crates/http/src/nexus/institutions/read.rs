//! `GET /institutions/{institution_guid}`.

use axum::extract::State;
use riverbank_model::guid::InstitutionGuid;

use super::view::InstitutionBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read institution
#[utoipa::path(
    get,
    path = "/institutions/{institution_guid}",
    operation_id = "readInstitution",
    tag = "institutions",
    params(("institution_guid" = String, Path, description = "Id of the institution.")),
    responses((status = 200, description = "The institution.", body = InstitutionBody))
)]
pub(super) async fn read_institution(
    State(app): State<App>,
    _session: Session,
    Path(guid): Path<InstitutionGuid>,
) -> Result<Answer<InstitutionBody>, ApiError> {
    let catalogue = app.engine.catalogue().await?;
    let institution = catalogue.get(&guid).cloned().ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(institution.into()))
}
