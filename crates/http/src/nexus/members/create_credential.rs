//! `POST /members/{member_guid}/credentials`.

use axum::extract::State;
use riverbank_engine::members::{CreateCredentialError, StoredCredentialView};
use riverbank_model::guid::MemberGuid;
use serde::Serialize;
use utoipa::ToSchema;

use super::values::{CredentialValue, credential};
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;
use crate::values::Moment;

impl RequestBody for CredentialValue {
    const ROOT: Option<&'static str> = Some("member");
}

type MemberCredentialCreateRequestBody = Body<CredentialValue>;

/// A stored value; the value itself is never shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberCredentialResponse)]
struct MemberCredentialView {
    guid: String,
    credential_guid: String,
    member_guid: String,
    created_at: Moment,
    updated_at: Moment,
    metadata: Option<String>,
}

/// A stored value with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberCredentialResponseBody)]
pub(super) struct MemberCredentialBody {
    member_credential: MemberCredentialView,
}

/// Create member credential
///
/// Deprecated. Stores one value of a member, the answer to a challenge included. Starts nothing.
#[utoipa::path(
    post,
    path = "/members/{member_guid}/credentials",
    operation_id = "createMemberCredentials",
    tag = "member credentials",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    request_body = inline(MemberCredentialCreateRequestBody),
    responses(
        (status = 200, description = "The stored value.", body = MemberCredentialBody),
        (status = 422, description = "The login is taken (4220)."),
    )
)]
pub(super) async fn create_member_credentials(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
    Body(body): Body<CredentialValue>,
) -> Result<Answer<MemberCredentialBody>, ApiError> {
    let given = credential(body, "")?;
    let stored = app.engine.create_member_credential(&session.caller, &guid, given).await?;
    Ok(Answer::ok(stored.into()))
}

impl From<StoredCredentialView> for MemberCredentialBody {
    fn from(stored: StoredCredentialView) -> Self {
        Self { member_credential: stored.into() }
    }
}

impl From<StoredCredentialView> for MemberCredentialView {
    fn from(stored: StoredCredentialView) -> Self {
        Self {
            guid: stored.guid.to_string(),
            credential_guid: stored.credential_guid.to_string(),
            member_guid: stored.member_guid.to_string(),
            created_at: stored.created_at.into(),
            updated_at: stored.updated_at.into(),
            metadata: None,
        }
    }
}

impl From<CreateCredentialError> for ApiError {
    fn from(error: CreateCredentialError) -> Self {
        let code = match error {
            CreateCredentialError::NoSuchMember => return Self::not_found(),
            CreateCredentialError::Credentials(error) => return error.into(),
            CreateCredentialError::Fault(fault) => return fault.into(),
            CreateCredentialError::Empty => ErrorCode::BadRequest,
            CreateCredentialError::SameLogin => ErrorCode::Unprocessable,
        };
        Self::new(code, error.to_string())
    }
}
