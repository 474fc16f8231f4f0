//! `GET /control/members/{member_guid}`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use super::view::{StateBody, state_of};
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;

/// Read member state
///
/// What no partner sees of a member: its attempts, its denials, its job, what is planned for it.
#[utoipa::path(
    get,
    path = "/control/members/{member_guid}",
    operation_id = "readMemberState",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member, whoever's it is.")),
    responses((status = 200, description = "What is inside of the member.", body = StateBody))
)]
pub(super) async fn read_member_state(
    State(app): State<App>,
    Path(guid): Path<MemberGuid>,
) -> Result<Answer<StateBody>, ApiError> {
    Ok(Answer::ok(state_of(&app, &guid).await?))
}
