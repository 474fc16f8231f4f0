//! `GET /transactions`.

use axum::extract::State;

use super::filter::{AccountsQuery, DatesQuery, Filters, RuleQuery, UseCaseQuery, of_user};
use super::view::TransactionsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::query::{Paging, Query};
use crate::session::Session;

/// List transactions
///
/// The transactions of the user, newest first.
#[utoipa::path(
    get,
    path = "/transactions",
    operation_id = "listTransactions",
    tag = "transactions",
    params(AccountsQuery, DatesQuery, Paging, RuleQuery, UseCaseQuery),
    responses((status = 200, description = "The transactions.", body = TransactionsBody))
)]
pub(super) async fn list_transactions(
    State(app): State<App>,
    session: Session,
    filters: Filters,
    Query(dates): Query<DatesQuery>,
    Query(rule): Query<RuleQuery>,
    paging: Paging,
) -> Result<Answer<TransactionsBody>, ApiError> {
    let request = rule.narrow(of_user(dates.into(), filters, paging));
    let list = app.engine.list_transactions(&session.caller, request).await?;
    Ok(TransactionsBody::page(list, paging))
}
