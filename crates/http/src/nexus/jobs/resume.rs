//! `GET` and `PUT /jobs/{job_guid}/resume`.

use axum::extract::State;
use riverbank_engine::jobs::ResumeJobError;
use riverbank_model::guid::JobGuid;

use super::read::JobBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;

/// Resume job
///
/// Deprecated. Goes on with a CHALLENGED job, using the answers stored with create member credential.
#[utoipa::path(
    get,
    path = "/jobs/{job_guid}/resume",
    operation_id = "resumeJob",
    tag = "jobs",
    params(("job_guid" = String, Path, description = "Id of the job.")),
    responses(
        (status = 200, description = "The job.", body = JobBody),
        (status = 405, description = "The job is not CHALLENGED."),
    )
)]
pub(super) async fn resume_job(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<JobGuid>,
) -> Result<Answer<JobBody>, ApiError> {
    Ok(Answer::ok(app.engine.resume_job(&session.caller, &guid).await?.into()))
}

/// Resume job (PUT)
///
/// The same as the GET; a body is not needed.
#[utoipa::path(
    put,
    path = "/jobs/{job_guid}/resume",
    operation_id = "resumeJobPut",
    tag = "jobs",
    params(("job_guid" = String, Path, description = "Id of the job.")),
    responses(
        (status = 200, description = "The job.", body = JobBody),
        (status = 405, description = "The job is not CHALLENGED."),
    )
)]
pub(super) async fn resume_job_put(
    app: State<App>,
    session: Session,
    guid: Path<JobGuid>,
) -> Result<Answer<JobBody>, ApiError> {
    resume_job(app, session, guid).await
}

impl From<ResumeJobError> for ApiError {
    fn from(error: ResumeJobError) -> Self {
        match error {
            ResumeJobError::NoSuchJob => Self::not_found(),
            ResumeJobError::NotChallenged => Self::new(ErrorCode::NotAllowed, error.to_string()),
            ResumeJobError::Answers(error) => error.into(),
            ResumeJobError::Fault(fault) => fault.into(),
        }
    }
}
