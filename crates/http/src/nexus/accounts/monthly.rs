//! `GET /accounts/{account_guid}/monthly_account_balance`.

use axum::extract::State;
use riverbank_engine::accounts::MonthlyBalance;
use riverbank_model::guid::AccountGuid;
use riverbank_model::money::Money;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::query::Query;
use crate::session::Session;
use crate::values::Day;

/// Which months.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MonthsQuery {
    /// A day of the first month; without it, 120 days ago.
    #[param(inline)]
    from_date: Option<Day>,
    /// A day of the last month; without it, and when it is to come, today.
    #[param(inline)]
    to_date: Option<Day>,
}

/// An account at the end of a month.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MonthlyAccountBalanceResponse)]
struct MonthEnd {
    account_guid: String,
    /// At the end of the month; of the month that is under way, now.
    #[schema(value_type = f64)]
    balance: Money,
    /// 1 to 12.
    month: i64,
    /// By how much the posted transactions dated in the month have moved the balance.
    #[schema(value_type = f64)]
    transaction_total: Money,
    user_guid: String,
    year: i64,
}

/// Balances with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MonthlyAccountBalancesResponseBody)]
pub(super) struct BalancesBody {
    monthly_account_balances: Vec<MonthEnd>,
}

/// List monthly account balances
///
/// The balance of an account at the end of each month, oldest first, counted back from what it is now by the posted
/// transactions.
#[utoipa::path(
    get,
    path = "/accounts/{account_guid}/monthly_account_balance",
    operation_id = "listMonthlyAccountBalances",
    tag = "accounts",
    params(("account_guid" = String, Path, description = "Id of the account."), MonthsQuery),
    responses((status = 200, description = "The balances.", body = BalancesBody))
)]
pub(super) async fn list_monthly_account_balances(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<AccountGuid>,
    Query(months): Query<MonthsQuery>,
) -> Result<Answer<BalancesBody>, ApiError> {
    let days = (months.from_date.map(|day| day.0), months.to_date.map(|day| day.0));
    let found = app.engine.monthly_balances(&session.caller, &guid, days).await?;
    let balance = |one: MonthlyBalance| MonthEnd {
        account_guid: guid.to_string(),
        balance: one.balance,
        month: one.month.month().into(),
        transaction_total: one.transaction_total,
        user_guid: session.caller.user.to_string(),
        year: one.month.year().into(),
    };
    let found = found.ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(BalancesBody { monthly_account_balances: found.into_iter().map(balance).collect() }))
}
