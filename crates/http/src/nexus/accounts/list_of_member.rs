//! `GET /members/{member_guid}/accounts`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use super::view::AccountsBody;
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::query::Paging;
use crate::session::Session;

/// List member accounts
///
/// The accounts of a member, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/accounts",
    operation_id = "listMemberAccounts",
    tag = "accounts",
    params(("member_guid" = String, Path, description = "Id of the member."), Paging),
    responses((status = 200, description = "The accounts.", body = AccountsBody))
)]
pub(super) async fn list_member_accounts(
    State(app): State<App>,
    session: Session,
    Path(member): Path<MemberGuid>,
    paging: Paging,
) -> Result<Answer<AccountsBody>, ApiError> {
    let list = app.engine.list_member_accounts(&session.caller, &member, paging.into()).await?;
    let list = list.ok_or_else(ApiError::not_found)?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(AccountsBody::of(list.accounts, pagination)))
}
