//! `GET /mdx/{client_id}/users/{user_id}/members`.

use axum::extract::State;
use riverbank_engine::members::ListMembers;

use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::members::MembersBody;
use crate::partner::client::Client;
use crate::path::Paths;
use crate::query::Paging;
use crate::values::Text;

/// List held members
///
/// The members that the partner holds for the user, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/mdx/{client_id}/users/{user_id}/members",
    operation_id = "listHeldMembers",
    tag = "held members",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
        Paging,
    ),
    responses((status = 200, description = "The members.", body = MembersBody))
)]
pub(super) async fn list_held_members(
    State(app): State<App>,
    Client(partner): Client,
    Paths((_, user_id)): Paths<(Text, Text)>,
    paging: Paging,
) -> Result<Answer<MembersBody>, ApiError> {
    let caller = app.engine.user_of(&partner, &user_id).await?;
    let request = ListMembers { use_case: None, is_managed_by_user: Some(false), page: paging.into() };
    let list = app.engine.list_members(&caller, request).await?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(MembersBody::new(list.members, pagination)))
}
