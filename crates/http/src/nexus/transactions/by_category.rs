//! `GET /transactions/by_category_guid/...` and `GET /transactions/by_top_level_category_guid/...`.

use axum::extract::State;
use riverbank_engine::transactions::{Category, ListTransactions, Period};
use riverbank_model::guid::CategoryGuid;

use super::filter::{AccountsQuery, Filters, UseCaseQuery, of_user};
use super::view::TransactionsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Paths;
use crate::query::Paging;
use crate::session::Session;
use crate::values::Day;

/// List transactions by category and date
///
/// The transactions of a category alone, without those of the categories below it, newest first.
#[utoipa::path(
    get,
    path = "/transactions/by_category_guid/{category_guid}/by_date/{start_date}/{end_date}",
    operation_id = "listTransactionsByCategoryAndDate",
    tag = "transactions",
    params(
        ("category_guid" = String, Path, description = "Id of the category."),
        ("start_date" = inline(Day), Path, description = "The first day."),
        ("end_date" = inline(Day), Path, description = "The last day, included."),
        AccountsQuery,
        Paging,
        UseCaseQuery,
    ),
    responses((status = 200, description = "The transactions.", body = TransactionsBody))
)]
pub(super) async fn list_transactions_by_category_and_date(
    State(app): State<App>,
    session: Session,
    Paths((category, Day(from), Day(to))): Paths<(CategoryGuid, Day, Day)>,
    filters: Filters,
    paging: Paging,
) -> Result<Answer<TransactionsBody>, ApiError> {
    let request = of_user(Period::Dated(Some(from), Some(to)), filters, paging);
    let request = ListTransactions { category: Some(Category::Alone(category)), ..request };
    let list = app.engine.list_transactions(&session.caller, request).await?;
    Ok(TransactionsBody::page(list, paging))
}

/// List transactions by top-level category and date
///
/// The transactions of a category and of those below it, newest first.
#[utoipa::path(
    get,
    path = "/transactions/by_top_level_category_guid/{category_guid}/by_date/{start_date}/{end_date}",
    operation_id = "listTransactionsByTopLevelCategoryAndDate",
    tag = "transactions",
    params(
        ("category_guid" = String, Path, description = "Id of the category."),
        ("start_date" = inline(Day), Path, description = "The first day."),
        ("end_date" = inline(Day), Path, description = "The last day, included."),
        AccountsQuery,
        Paging,
        UseCaseQuery,
    ),
    responses((status = 200, description = "The transactions.", body = TransactionsBody))
)]
pub(super) async fn list_transactions_by_top_level_category_and_date(
    State(app): State<App>,
    session: Session,
    Paths((category, Day(from), Day(to))): Paths<(CategoryGuid, Day, Day)>,
    filters: Filters,
    paging: Paging,
) -> Result<Answer<TransactionsBody>, ApiError> {
    let request = of_user(Period::Dated(Some(from), Some(to)), filters, paging);
    let request = ListTransactions { category: Some(Category::Branch(category)), ..request };
    let list = app.engine.list_transactions(&session.caller, request).await?;
    Ok(TransactionsBody::page(list, paging))
}
