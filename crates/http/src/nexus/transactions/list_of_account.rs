//! `GET /accounts/{account_guid}/transactions`.

use axum::extract::State;
use riverbank_model::guid::AccountGuid;

use super::filter::{DatesQuery, of_account};
use super::view::TransactionsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::query::{Paging, Query};
use crate::session::Session;

/// List account transactions
///
/// The transactions of an account, newest first.
#[utoipa::path(
    get,
    path = "/accounts/{account_guid}/transactions",
    operation_id = "listAccountTransactions",
    tag = "transactions",
    params(("account_guid" = String, Path, description = "Id of the account."), DatesQuery, Paging),
    responses((status = 200, description = "The transactions.", body = TransactionsBody))
)]
pub(super) async fn list_account_transactions(
    State(app): State<App>,
    session: Session,
    Path(account): Path<AccountGuid>,
    Query(dates): Query<DatesQuery>,
    paging: Paging,
) -> Result<Answer<TransactionsBody>, ApiError> {
    let request = of_account(account, dates.into(), paging);
    let list = app.engine.list_transactions(&session.caller, request).await?;
    Ok(TransactionsBody::page(list, paging))
}
