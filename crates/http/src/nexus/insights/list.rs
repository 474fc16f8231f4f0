//! `GET /insights`, `GET /accounts/{account_guid}/insights`, `GET /transactions/{transaction_guid}/insights`.

use axum::extract::State;
use riverbank_model::guid::{AccountGuid, TransactionGuid};

use super::view::InsightsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::query::Paging;
use crate::session::Session;

/// List insights
///
/// The insights of the user, newest first, dismissed ones too.
#[utoipa::path(
    get,
    path = "/insights",
    operation_id = "listInsights",
    tag = "insights",
    params(Paging<100>),
    responses((status = 200, description = "The insights.", body = InsightsBody))
)]
pub(super) async fn list_insights(
    State(app): State<App>,
    session: Session,
    paging: Paging<100>,
) -> Result<Answer<InsightsBody>, ApiError> {
    let list = app.engine.list_insights(&session.caller, paging.into()).await?;
    Ok(InsightsBody::page(list, paging))
}

/// List insights of an account
///
/// The insights about an account, newest first.
#[utoipa::path(
    get,
    path = "/accounts/{account_guid}/insights",
    operation_id = "listAccountInsights",
    tag = "insights",
    params(("account_guid" = String, Path, description = "Id of the account."), Paging<100>),
    responses((status = 200, description = "The insights.", body = InsightsBody))
)]
pub(super) async fn list_account_insights(
    State(app): State<App>,
    session: Session,
    Path(account): Path<AccountGuid>,
    paging: Paging<100>,
) -> Result<Answer<InsightsBody>, ApiError> {
    let list = app.engine.list_account_insights(&session.caller, &account, paging.into()).await?;
    Ok(InsightsBody::page(list.ok_or_else(ApiError::not_found)?, paging))
}

/// List insights of a transaction
///
/// The insights about a transaction, newest first.
#[utoipa::path(
    get,
    path = "/transactions/{transaction_guid}/insights",
    operation_id = "listTransactionInsights",
    tag = "insights",
    params(("transaction_guid" = String, Path, description = "Id of the transaction."), Paging<100>),
    responses((status = 200, description = "The insights.", body = InsightsBody))
)]
pub(super) async fn list_transaction_insights(
    State(app): State<App>,
    session: Session,
    Path(transaction): Path<TransactionGuid>,
    paging: Paging<100>,
) -> Result<Answer<InsightsBody>, ApiError> {
    let list = app.engine.list_transaction_insights(&session.caller, &transaction, paging.into()).await?;
    Ok(InsightsBody::page(list.ok_or_else(ApiError::not_found)?, paging))
}
