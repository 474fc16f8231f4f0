//! A member as a test author sees it.

use riverbank_engine::control::{Job, JobState, MemberState};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::control::faults::FaultView;
use crate::error::ApiError;
use crate::values::Moment;

/// What is inside of a member.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberState)]
pub(super) struct StateView {
    guid: String,
    user_guid: String,
    institution_guid: String,
    /// Null for a member that never connects.
    connection_status: Option<&'static str>,
    /// Jobs that it ever had. The next attempt is one more.
    attempts: i64,
    /// Denials in a row.
    denials: i64,
    /// When its open challenges expire.
    challenge_expires_at: Option<Moment>,
    /// When it is dropped if the end user does not come back from OAuth.
    pending_expires_at: Option<Moment>,
    /// The job that has not ended.
    job: Option<JobView>,
    /// What is planned for this member alone.
    faults: Vec<FaultView>,
}

/// A job that has not ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JobState)]
struct JobView {
    guid: String,
    /// Its number among the attempts of the member.
    attempt: i64,
    state: StateName,
    status: &'static str,
    /// When it may be taken up.
    run_at: Moment,
    /// Times that the server interrupted it.
    interruptions: i64,
    /// Its result no longer sets the member's status: the credentials have changed.
    is_superseded: bool,
}

/// Where a job stands in the queue.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum StateName {
    /// To be taken up.
    Ready,
    /// In the hands of a worker.
    Running,
    /// Waiting for answers.
    Parked,
    /// Ended.
    Done,
}

/// A member's state with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberStateResponseBody)]
pub(super) struct StateBody {
    member: StateView,
}

/// What is inside of this member now.
pub(super) async fn state_of(app: &App, guid: &MemberGuid) -> Result<StateBody, ApiError> {
    match app.engine.member_state(guid).await? {
        Ok(state) => Ok(StateBody { member: state.into() }),
        Err(_) => Err(ApiError::not_found()),
    }
}

impl From<MemberState> for StateView {
    fn from(state: MemberState) -> Self {
        let member = state.member;
        Self {
            guid: member.guid.to_string(),
            user_guid: member.user_guid.to_string(),
            institution_guid: member.institution_guid.to_string(),
            connection_status: member.connection_status.map(ConnectionStatus::name),
            attempts: state.attempts,
            denials: member.denials,
            challenge_expires_at: member.challenge_expires_at.map(Moment),
            pending_expires_at: member.pending_expires_at.map(Moment),
            job: state.job.map(JobView::from),
            faults: state.faults.into_iter().map(FaultView::from).collect(),
        }
    }
}

impl From<Job> for JobView {
    fn from(job: Job) -> Self {
        Self {
            guid: job.guid.to_string(),
            attempt: job.attempt,
            state: match job.state {
                JobState::Ready => StateName::Ready,
                JobState::Running => StateName::Running,
                JobState::Parked => StateName::Parked,
                JobState::Done => StateName::Done,
            },
            status: job.status.name(),
            run_at: job.run_at.into(),
            interruptions: job.interruptions,
            is_superseded: job.is_superseded,
        }
    }
}
