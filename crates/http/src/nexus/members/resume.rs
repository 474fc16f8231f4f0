//! `PUT /members/{member_guid}/resume`.

use axum::extract::State;
use riverbank_engine::members::{GivenAnswer, ResumeError};
use riverbank_model::SecretText;
use riverbank_model::guid::MemberGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::MemberBody;
use super::values::one_guid;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;
use crate::values::Text;

/// The answers to the open challenges.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MemberResumeRequest {
    challenges: Vec<ChallengeAnswer>,
}

/// The answer to one challenge.
#[derive(Debug, Deserialize, ToSchema)]
struct ChallengeAnswer {
    /// Synonym of `guid`.
    credential_guid: Option<Text>,
    /// The challenge.
    guid: Option<Text>,
    /// What was typed; for a choice, the value or the id of the option.
    value: Option<Text>,
}

impl RequestBody for MemberResumeRequest {
    const ROOT: Option<&'static str> = Some("member");
}

type MemberResumeRequestBody = Body<MemberResumeRequest>;

/// Resume aggregation
///
/// Hands in the answers to the challenges; the job goes on.
#[utoipa::path(
    put,
    path = "/members/{member_guid}/resume",
    operation_id = "resumeAggregation",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    request_body = inline(MemberResumeRequestBody),
    responses(
        (status = 200, description = "The member.", body = MemberBody),
        (status = 405, description = "The member is not CHALLENGED."),
    )
)]
pub(super) async fn resume_aggregation(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
    Body(body): Body<MemberResumeRequest>,
) -> Result<Answer<MemberBody>, ApiError> {
    let view = app.engine.resume_member(&session.caller, &guid, body.read()?).await?;
    Ok(Answer::ok(view.into()))
}

impl MemberResumeRequest {
    /// The answers.
    pub(super) fn read(self) -> Result<Vec<GivenAnswer>, ApiError> {
        self.challenges.into_iter().enumerate().map(|(index, answer)| given(index, answer)).collect()
    }
}

fn given(index: usize, answer: ChallengeAnswer) -> Result<GivenAnswer, ApiError> {
    let place = format!("challenges[{index}].");
    let guid = one_guid(answer.credential_guid, answer.guid, &place)?;
    let guid = guid.ok_or_else(|| ApiError::missing(&[format!("{place}guid")]))?;
    let value = answer.value.ok_or_else(|| ApiError::missing(&[format!("{place}value")]))?;
    Ok(GivenAnswer { guid: guid.into_string(), value: SecretText::from(value.into_string()) })
}

impl From<ResumeError> for ApiError {
    fn from(error: ResumeError) -> Self {
        let code = match error {
            ResumeError::NoSuchMember => return Self::not_found(),
            ResumeError::Fault(fault) => return fault.into(),
            ResumeError::NotChallenged => ErrorCode::NotAllowed,
            ResumeError::Unanswered(_) => ErrorCode::ParameterMissing,
            ResumeError::UnknownChallenge(_) | ResumeError::Repeated(_) | ResumeError::Empty(_) => {
                ErrorCode::BadRequest
            }
        };
        Self::new(code, error.to_string())
    }
}
