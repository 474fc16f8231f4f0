//! `GET /mdx/{client_id}/users/{user_id}/members/{member_id}`.

use axum::extract::State;
use riverbank_engine::held_members::HeldMemberError;

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::members::MemberBody;
use crate::partner::client::Client;
use crate::path::Paths;
use crate::values::Text;

/// Read held member
///
/// The member with the partner's own id.
#[utoipa::path(
    get,
    path = "/mdx/{client_id}/users/{user_id}/members/{member_id}",
    operation_id = "readHeldMember",
    tag = "held members",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
        ("member_id" = String, Path, description = "The partner's own id of the member."),
    ),
    responses((status = 200, description = "The member.", body = MemberBody))
)]
pub(super) async fn read_held_member(
    State(app): State<App>,
    Client(partner): Client,
    Paths((_, user_id, id)): Paths<(Text, Text, Text)>,
) -> Result<Answer<MemberBody>, ApiError> {
    let held = app.engine.held_member(&partner, &user_id, &id).await?;
    let view = app.engine.read_member(&held.caller, &held.guid).await?;
    let view = view.ok_or(HeldMemberError::NoSuchMember)?;
    Ok(Answer::ok(view.into()))
}
