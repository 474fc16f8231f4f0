//! `GET /members/{member_guid}`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use super::MemberBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read member
///
/// The call to poll. It is finished when `is_being_aggregated` is false.
#[utoipa::path(
    get,
    path = "/members/{member_guid}",
    operation_id = "readMember",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses((status = 200, description = "The member.", body = MemberBody))
)]
pub(super) async fn read_member(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
) -> Result<Answer<MemberBody>, ApiError> {
    let view = app.engine.read_member(&session.caller, &guid).await?;
    let view = view.ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(view.into()))
}
