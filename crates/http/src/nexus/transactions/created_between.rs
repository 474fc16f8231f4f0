//! `GET /transactions/created_between/{start_date}/{end_date}`, and the same of one account.

use axum::extract::State;
use riverbank_engine::transactions::Period;
use riverbank_model::guid::AccountGuid;

use super::filter::{AccountsQuery, Filters, RuleQuery, UseCaseQuery, of_account, of_user};
use super::view::TransactionsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Paths;
use crate::query::{Paging, Query};
use crate::session::Session;
use crate::values::Day;

/// List transactions created between two days
///
/// The transactions of the user that were first brought in in a period, newest first. Days are in UTC.
#[utoipa::path(
    get,
    path = "/transactions/created_between/{start_date}/{end_date}",
    operation_id = "listTransactionsCreatedBetween",
    tag = "transactions",
    params(
        ("start_date" = inline(Day), Path, description = "The first day."),
        ("end_date" = inline(Day), Path, description = "The last day, included."),
        AccountsQuery,
        Paging,
        UseCaseQuery,
        RuleQuery,
    ),
    responses((status = 200, description = "The transactions.", body = TransactionsBody))
)]
pub(super) async fn list_transactions_created_between(
    State(app): State<App>,
    session: Session,
    Paths((Day(from), Day(to))): Paths<(Day, Day)>,
    filters: Filters,
    Query(rule): Query<RuleQuery>,
    paging: Paging,
) -> Result<Answer<TransactionsBody>, ApiError> {
    let request = rule.narrow(of_user(Period::Created(from, to), filters, paging));
    let list = app.engine.list_transactions(&session.caller, request).await?;
    Ok(TransactionsBody::page(list, paging))
}

/// List account transactions created between two days
///
/// The transactions of an account that were first brought in in a period, newest first. Days are in UTC.
#[utoipa::path(
    get,
    path = "/accounts/{account_guid}/transactions/created_between/{start_date}/{end_date}",
    operation_id = "listAccountTransactionsCreatedBetween",
    tag = "accounts",
    params(
        ("account_guid" = String, Path, description = "Id of the account."),
        ("start_date" = inline(Day), Path, description = "The first day."),
        ("end_date" = inline(Day), Path, description = "The last day, included."),
        Paging,
    ),
    responses((status = 200, description = "The transactions.", body = TransactionsBody))
)]
pub(super) async fn list_account_transactions_created_between(
    State(app): State<App>,
    session: Session,
    Paths((account, Day(from), Day(to))): Paths<(AccountGuid, Day, Day)>,
    paging: Paging,
) -> Result<Answer<TransactionsBody>, ApiError> {
    let request = of_account(account, Period::Created(from, to), paging);
    let list = app.engine.list_transactions(&session.caller, request).await?;
    Ok(TransactionsBody::page(list, paging))
}
