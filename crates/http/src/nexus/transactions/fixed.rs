//! `/transactions` of the static test endpoints. Lists are not narrowed.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use riverbank_engine::fixed::FixedMember;
use riverbank_engine::transactions::{TransactionList, TransactionView};
use riverbank_model::guid::{AccountGuid, TransactionGuid};

use super::view::{TransactionBody, TransactionsBody};
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::fixed::page;
use crate::path::Path;
use crate::query::Paging;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/transactions", get(list))
        .route("/transactions/{transaction_guid}", get(read))
        .route("/accounts/{account_guid}/transactions", get(list_of_account))
}

fn shown(all: Vec<TransactionView>, paging: Paging) -> Answer<TransactionsBody> {
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    TransactionsBody::page(TransactionList { transactions: page(all, paging).0, total }, paging)
}

async fn list(State(app): State<App>, paging: Paging) -> Result<Answer<TransactionsBody>, ApiError> {
    Ok(shown(app.engine.fixed_transactions(FixedMember::TEST_MEMBER).await?, paging))
}

async fn list_of_account(
    State(app): State<App>,
    Path(guid): Path<AccountGuid>,
    paging: Paging,
) -> Result<Answer<TransactionsBody>, ApiError> {
    let account = app.engine.fixed_account(&guid).await?.ok_or_else(ApiError::not_found)?;
    Ok(shown(app.engine.transactions_of(&account), paging))
}

async fn read(
    State(app): State<App>,
    Path(guid): Path<TransactionGuid>,
) -> Result<Answer<TransactionBody>, ApiError> {
    let view = app.engine.fixed_transaction(&guid).await?;
    Ok(Answer::ok(view.ok_or_else(ApiError::not_found)?.into()))
}
