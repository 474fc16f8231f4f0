//! `GET /transaction_rules`.

use axum::extract::State;

use super::view::TransactionRulesBody;
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::query::Paging;
use crate::session::Session;

/// List transaction rules
///
/// The rules of the user, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/transaction_rules",
    operation_id = "listTransactionRules",
    tag = "transaction rules",
    params(Paging),
    responses((status = 200, description = "The rules.", body = TransactionRulesBody))
)]
pub(super) async fn list_transaction_rules(
    State(app): State<App>,
    session: Session,
    paging: Paging,
) -> Result<Answer<TransactionRulesBody>, ApiError> {
    let list = app.engine.list_rules(&session.caller, paging.into()).await?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(TransactionRulesBody::of(list.rules, pagination)))
}
