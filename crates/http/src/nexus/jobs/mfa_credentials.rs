//! `GET /jobs/{job_guid}/mfa_credentials`.

use axum::extract::State;
use riverbank_model::guid::JobGuid;

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::credential::CredentialsBody;
use crate::path::Path;
use crate::session::Session;

/// List job MFA credentials
///
/// The older way to read the open questions of a CHALLENGED job; empty when there are none.
#[utoipa::path(
    get,
    path = "/jobs/{job_guid}/mfa_credentials",
    operation_id = "listJobMfaCredentials",
    tag = "jobs",
    params(("job_guid" = String, Path, description = "Id of the job.")),
    responses((status = 200, description = "The open questions.", body = CredentialsBody))
)]
pub(super) async fn list_job_mfa_credentials(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<JobGuid>,
) -> Result<Answer<CredentialsBody>, ApiError> {
    let found = app.engine.job_challenges(&session.caller, &guid).await?;
    let (job, challenges) = found.ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(CredentialsBody::of_challenges(&job.institution_guid, challenges)))
}
