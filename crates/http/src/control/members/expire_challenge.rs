//! `POST /control/members/{member_guid}/expire_challenge`.

use axum::extract::State;
use riverbank_engine::control::ExpireChallengeError;
use riverbank_model::guid::MemberGuid;

use super::view::{StateBody, state_of};
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;

/// Expire challenge
///
/// The time for the answers is over: the member is EXPIRED when this is answered.
#[utoipa::path(
    post,
    path = "/control/members/{member_guid}/expire_challenge",
    operation_id = "expireChallenge",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member, whoever's it is.")),
    responses(
        (status = 200, description = "What is inside of the member.", body = StateBody),
        (status = 409, description = "The member has no open challenge (4091)."),
    )
)]
pub(super) async fn expire_challenge(
    State(app): State<App>,
    Path(guid): Path<MemberGuid>,
) -> Result<Answer<StateBody>, ApiError> {
    app.engine.expire_challenge_now(&guid).await?;
    Ok(Answer::ok(state_of(&app, &guid).await?))
}

impl From<ExpireChallengeError> for ApiError {
    fn from(error: ExpireChallengeError) -> Self {
        match error {
            ExpireChallengeError::NoSuchMember => Self::not_found(),
            ExpireChallengeError::NotASandbox(error) => error.into(),
            ExpireChallengeError::NotChallenged => Self::new(ErrorCode::Conflict, error.to_string()),
            ExpireChallengeError::Fault(fault) => fault.into(),
        }
    }
}
