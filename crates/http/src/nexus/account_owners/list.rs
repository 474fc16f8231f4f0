//! `GET /members/{member_guid}/account_owners`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use super::view::AccountOwnersBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// List account owners
///
/// The owners that the last identification of the member has found, in the order of its accounts; an account may have
/// several.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/account_owners",
    operation_id = "listAccountOwners",
    tag = "identity",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses((status = 200, description = "The owners.", body = AccountOwnersBody))
)]
pub(super) async fn list_account_owners(
    State(app): State<App>,
    session: Session,
    Path(member): Path<MemberGuid>,
) -> Result<Answer<AccountOwnersBody>, ApiError> {
    let owners = app.engine.list_account_owners(&session.caller, &member).await?;
    Ok(Answer::ok(owners.ok_or_else(ApiError::not_found)?.into()))
}
