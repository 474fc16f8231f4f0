//! `POST /control/members/{member_guid}/revoke_consent`.

use axum::extract::State;
use riverbank_engine::banks::RevokeConsentError;
use riverbank_model::guid::MemberGuid;

use super::view::{StateBody, state_of};
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;

/// Revoke consent
///
/// Takes the consent of an OAuth member back at its test bank, as the end user could there. The member learns of it with
/// its next aggregation, and is IMPAIRED then.
#[utoipa::path(
    post,
    path = "/control/members/{member_guid}/revoke_consent",
    operation_id = "revokeConsent",
    tag = "consents",
    params(("member_guid" = String, Path, description = "Id of the member, whoever's it is.")),
    responses(
        (status = 200, description = "What is inside of the member.", body = StateBody),
        (status = 409, description = "The member has no consent at a test bank (4091)."),
    )
)]
pub(super) async fn revoke_consent(
    State(app): State<App>,
    Path(guid): Path<MemberGuid>,
) -> Result<Answer<StateBody>, ApiError> {
    app.engine.revoke_consent_of(&guid).await?;
    Ok(Answer::ok(state_of(&app, &guid).await?))
}

impl From<RevokeConsentError> for ApiError {
    fn from(error: RevokeConsentError) -> Self {
        match error {
            RevokeConsentError::NoSuchMember => Self::not_found(),
            RevokeConsentError::NotASandbox(error) => error.into(),
            RevokeConsentError::NoConsent => Self::new(ErrorCode::Conflict, error.to_string()),
            RevokeConsentError::Fault(fault) => fault.into(),
        }
    }
}
