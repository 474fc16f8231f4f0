//! `/jobs` of the static test endpoints.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use riverbank_engine::fixed::FixedMember;
use riverbank_model::guid::JobGuid;

use super::read::JobBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::credential::CredentialsBody;
use crate::path::Path;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/jobs/{job_guid}", get(read))
        .route("/jobs/{job_guid}/mfa_credentials", get(mfa_credentials))
        .route("/jobs/{job_guid}/resume", get(resume).put(resume))
}

fn of_job(guid: &JobGuid) -> Result<FixedMember, ApiError> {
    FixedMember::of_job(guid).ok_or_else(ApiError::not_found)
}

async fn read(State(app): State<App>, Path(guid): Path<JobGuid>) -> Result<Answer<JobBody>, ApiError> {
    Ok(Answer::ok(app.engine.fixed_job(of_job(&guid)?).await?.into()))
}

async fn mfa_credentials(
    State(app): State<App>,
    Path(guid): Path<JobGuid>,
) -> Result<Answer<CredentialsBody>, ApiError> {
    let member = of_job(&guid)?;
    let institution = app.engine.fixed_institution().await?;
    let open = member.challenges().unwrap_or_default();
    Ok(Answer::ok(CredentialsBody::of_challenges(&institution.guid, open)))
}

async fn resume(State(app): State<App>, Path(guid): Path<JobGuid>) -> Result<Answer<JobBody>, ApiError> {
    Ok(Answer::ok(app.engine.resume_fixed_job(of_job(&guid)?).await?.into()))
}
