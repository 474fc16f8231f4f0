//! `GET /institutions/{institution_guid}/credentials`.

use axum::extract::State;
use riverbank_model::guid::InstitutionGuid;

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::credential::CredentialsBody;
use crate::path::Path;
use crate::session::Session;

/// List institution credentials
///
/// What the end user must be asked before a member is created. It can change at any time.
#[utoipa::path(
    get,
    path = "/institutions/{institution_guid}/credentials",
    operation_id = "listInstitutionCredentials",
    tag = "institutions",
    params(("institution_guid" = String, Path, description = "Id of the institution.")),
    responses((status = 200, description = "The fields to ask for.", body = CredentialsBody))
)]
pub(super) async fn list_institution_credentials(
    State(app): State<App>,
    _session: Session,
    Path(guid): Path<InstitutionGuid>,
) -> Result<Answer<CredentialsBody>, ApiError> {
    let catalogue = app.engine.catalogue().await?;
    let institution = catalogue.get(&guid).ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(CredentialsBody::of_institution(institution)))
}
