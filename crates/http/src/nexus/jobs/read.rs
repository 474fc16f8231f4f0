//! `GET /jobs/{job_guid}`.

use axum::extract::State;
use riverbank_engine::jobs::Job;
use riverbank_model::guid::JobGuid;
use riverbank_model::job::JobStatus;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Schema, Type};

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::values::Moment;

/// One run against an institution.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JobResponse)]
struct JobView {
    created_at: Moment,
    error_message: Option<String>,
    error_message_code: Option<i64>,
    /// Null while the job has not ended.
    finished_at: Option<Moment>,
    guid: String,
    institution_guid: String,
    /// True once the institution has let us in.
    is_authenticated: bool,
    member_guid: String,
    started_at: Option<Moment>,
    #[schema(schema_with = numbers)]
    status: i64,
    #[schema(schema_with = names)]
    status_name: &'static str,
    updated_at: Moment,
    user_guid: String,
}

/// A job with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JobResponseBody)]
pub(super) struct JobBody {
    job: JobView,
}

/// Read job
///
/// One job; its id comes from `most_recent_job_guid` of the member.
#[utoipa::path(
    get,
    path = "/jobs/{job_guid}",
    operation_id = "readJob",
    tag = "jobs",
    params(("job_guid" = String, Path, description = "Id of the job.")),
    responses((status = 200, description = "The job.", body = JobBody))
)]
pub(super) async fn read_job(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<JobGuid>,
) -> Result<Answer<JobBody>, ApiError> {
    let job = app.engine.read_job(&session.caller, &guid).await?;
    Ok(Answer::ok(job.ok_or_else(ApiError::not_found)?.into()))
}

impl From<Job> for JobBody {
    fn from(job: Job) -> Self {
        let job = JobView {
            created_at: job.created_at.into(),
            error_message: job.error_message,
            error_message_code: job.error_message_code,
            finished_at: job.finished_at.map(Moment),
            guid: job.guid.to_string(),
            institution_guid: job.institution_guid.to_string(),
            is_authenticated: job.is_authenticated,
            member_guid: job.member_guid.to_string(),
            started_at: job.started_at.map(Moment),
            status: job.status.id(),
            status_name: job.status.name(),
            updated_at: job.updated_at.into(),
            user_guid: job.user_guid.to_string(),
        };
        Self { job }
    }
}

fn numbers() -> Schema {
    let numbers = JobStatus::ALL.iter().map(|status| status.id());
    ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(numbers)).into()
}

fn names() -> Schema {
    let names = JobStatus::ALL.iter().map(|status| status.name());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
}
