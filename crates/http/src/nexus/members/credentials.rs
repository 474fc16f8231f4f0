//! `GET /member/{member_guid}/credentials`, and the same in the plural.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::credential::CredentialsBody;
use crate::path::Path;
use crate::session::Session;

/// List member credentials
///
/// What the end user must be asked before new credentials are sent with update member.
#[utoipa::path(
    get,
    path = "/member/{member_guid}/credentials",
    operation_id = "listMemberCredentials",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses((status = 200, description = "The fields to ask for.", body = CredentialsBody))
)]
pub(super) async fn list_member_credentials(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
) -> Result<Answer<CredentialsBody>, ApiError> {
    let institution = app.engine.member_institution(&session.caller, &guid).await?;
    let institution = institution.ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(CredentialsBody::of_institution(&institution)))
}

/// List member credentials (plural path)
///
/// The same as with `member` in the singular.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/credentials",
    operation_id = "listMemberCredentialsPlural",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses((status = 200, description = "The fields to ask for.", body = CredentialsBody))
)]
pub(super) async fn list_member_credentials_plural(
    app: State<App>,
    session: Session,
    guid: Path<MemberGuid>,
) -> Result<Answer<CredentialsBody>, ApiError> {
    list_member_credentials(app, session, guid).await
}
