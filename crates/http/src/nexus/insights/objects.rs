//! What an insight is about: `GET /insights/{insight_guid}/accounts` and its like.

use axum::extract::State;
use riverbank_model::guid::InsightGuid;

use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::accounts::AccountsBody;
use crate::nexus::categories::CategoriesPage;
use crate::nexus::merchants::MerchantsBody;
use crate::nexus::scheduled_payments::ScheduledPaymentsBody;
use crate::nexus::transactions::TransactionsBody;
use crate::path::Path;
use crate::query::Paging;
use crate::session::Session;

/// List accounts of an insight
///
/// The accounts that an insight is about, without those that have gone.
#[utoipa::path(
    get,
    path = "/insights/{insight_guid}/accounts",
    operation_id = "listInsightAccounts",
    tag = "insights",
    params(("insight_guid" = String, Path, description = "Id of the insight."), Paging<100>),
    responses((status = 200, description = "The accounts.", body = AccountsBody))
)]
pub(super) async fn list_insight_accounts(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
    paging: Paging<100>,
) -> Result<Answer<AccountsBody>, ApiError> {
    let list = app.engine.list_insight_accounts(&session.caller, &guid, paging.into()).await?;
    let list = list.ok_or_else(ApiError::not_found)?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(AccountsBody::of(list.accounts, pagination)))
}

/// List categories of an insight
///
/// The categories that an insight is about, without those that have gone.
#[utoipa::path(
    get,
    path = "/insights/{insight_guid}/categories",
    operation_id = "listInsightCategories",
    tag = "insights",
    params(("insight_guid" = String, Path, description = "Id of the insight."), Paging<100>),
    responses((status = 200, description = "The categories.", body = CategoriesPage))
)]
pub(super) async fn list_insight_categories(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
    paging: Paging<100>,
) -> Result<Answer<CategoriesPage>, ApiError> {
    let list = app.engine.list_insight_categories(&session.caller, &guid, paging.into()).await?;
    let (categories, total) = list.ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(CategoriesPage::of(categories, Pagination::of(paging, total.unsigned_abs()))))
}

/// List merchants of an insight
///
/// The merchants that an insight is about, without those that have gone.
#[utoipa::path(
    get,
    path = "/insights/{insight_guid}/merchants",
    operation_id = "listInsightMerchants",
    tag = "insights",
    params(("insight_guid" = String, Path, description = "Id of the insight."), Paging<100>),
    responses((status = 200, description = "The merchants.", body = MerchantsBody))
)]
pub(super) async fn list_insight_merchants(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
    paging: Paging<100>,
) -> Result<Answer<MerchantsBody>, ApiError> {
    let list = app.engine.list_insight_merchants(&session.caller, &guid, paging.into()).await?;
    let (merchants, total) = list.ok_or_else(ApiError::not_found)?;
    let catalogue = app.engine.catalogue().await?;
    let pagination = Pagination::of(paging, total.unsigned_abs());
    Ok(Answer::ok(MerchantsBody::some(catalogue.merchants(), &merchants, pagination)))
}

/// List scheduled payments of an insight
///
/// The scheduled payments that an insight is about, without those that have gone.
#[utoipa::path(
    get,
    path = "/insights/{insight_guid}/scheduled_payments",
    operation_id = "listInsightScheduledPayments",
    tag = "insights",
    params(("insight_guid" = String, Path, description = "Id of the insight."), Paging<100>),
    responses((status = 200, description = "The scheduled payments.", body = ScheduledPaymentsBody))
)]
pub(super) async fn list_insight_scheduled_payments(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
    paging: Paging<100>,
) -> Result<Answer<ScheduledPaymentsBody>, ApiError> {
    let list = app.engine.list_insight_scheduled_payments(&session.caller, &guid, paging.into()).await?;
    let list = list.ok_or_else(ApiError::not_found)?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(ScheduledPaymentsBody::of(list.payments, pagination)))
}

/// List transactions of an insight
///
/// The transactions that an insight is about, without those that have gone.
#[utoipa::path(
    get,
    path = "/insights/{insight_guid}/transactions",
    operation_id = "listInsightTransactions",
    tag = "insights",
    params(("insight_guid" = String, Path, description = "Id of the insight."), Paging<100>),
    responses((status = 200, description = "The transactions.", body = TransactionsBody))
)]
pub(super) async fn list_insight_transactions(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
    paging: Paging<100>,
) -> Result<Answer<TransactionsBody>, ApiError> {
    let list = app.engine.list_insight_transactions(&session.caller, &guid, paging.into()).await?;
    let list = list.ok_or_else(ApiError::not_found)?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(TransactionsBody::of(list.transactions, pagination)))
}
