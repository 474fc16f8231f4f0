//! `GET /accounts/{account_guid}/account_numbers` and its alias `account_number`.

use axum::extract::State;
use riverbank_model::guid::AccountGuid;

use super::view::AccountNumbersBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// List account numbers of an account
///
/// Empty unless the last verification of its member has found both the account number and the routing number.
#[utoipa::path(
    get,
    path = "/accounts/{account_guid}/account_numbers",
    operation_id = "listAccountNumbersByAccountPlural",
    tag = "verification",
    params(("account_guid" = String, Path, description = "Id of the account.")),
    responses((status = 200, description = "The numbers.", body = AccountNumbersBody))
)]
pub(super) async fn list_account_numbers_by_account_plural(
    State(app): State<App>,
    session: Session,
    Path(account): Path<AccountGuid>,
) -> Result<Answer<AccountNumbersBody>, ApiError> {
    let numbers = app.engine.list_account_numbers(&session.caller, &account).await?;
    Ok(Answer::ok(numbers.ok_or_else(ApiError::not_found)?.into()))
}

/// List account numbers of an account (singular path)
///
/// The same as with the plural path.
#[utoipa::path(
    get,
    path = "/accounts/{account_guid}/account_number",
    operation_id = "listAccountNumbersByAccount",
    tag = "verification",
    params(("account_guid" = String, Path, description = "Id of the account.")),
    responses((status = 200, description = "The numbers.", body = AccountNumbersBody))
)]
pub(super) async fn list_account_numbers_by_account(
    app: State<App>,
    session: Session,
    account: Path<AccountGuid>,
) -> Result<Answer<AccountNumbersBody>, ApiError> {
    list_account_numbers_by_account_plural(app, session, account).await
}
