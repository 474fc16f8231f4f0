//! `GET /members/{member_guid}/account_numbers`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use super::view::AccountNumbersBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// List account numbers of a member
///
/// The numbers that the last verification of the member has found, in the order of its accounts: those of accounts of which
/// both the account number and the routing number are known.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/account_numbers",
    operation_id = "listAccountNumbersByMember",
    tag = "verification",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses((status = 200, description = "The numbers.", body = AccountNumbersBody))
)]
pub(super) async fn list_account_numbers_by_member(
    State(app): State<App>,
    session: Session,
    Path(member): Path<MemberGuid>,
) -> Result<Answer<AccountNumbersBody>, ApiError> {
    let numbers = app.engine.list_member_account_numbers(&session.caller, &member).await?;
    Ok(Answer::ok(numbers.ok_or_else(ApiError::not_found)?.into()))
}
