//! `GET /date_range_category_totals/from/{start_date}/to/{end_date}`.

use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use riverbank_engine::categories::TotalsRequest;
use riverbank_model::money::Money;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::transactions::AccountsQuery;
use crate::path::Paths;
use crate::query::Query;
use crate::session::Session;
use crate::values::Day;

/// What the transactions of a category come to in a range of days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DateRangeCategoryTotalResponse)]
struct RangeTotal {
    category_guid: String,
    /// The beginning of the last day in UTC, in seconds since 1970.
    end_date: i64,
    /// The beginning of the first day in UTC, in seconds since 1970.
    start_date: i64,
    /// Of an income category, what came in less what went out; of any other, what went out less what came in.
    #[schema(value_type = f64)]
    total: Money,
    user_guid: String,
}

/// Totals with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DateRangeCategoryTotalsResponseBody)]
pub(super) struct TotalsBody {
    date_range_category_totals: Vec<RangeTotal>,
}

/// List category totals of a date range
///
/// The total of each category that has transactions dated in the range, by its transactions alone and not those of categories
/// below it. Pending transactions count; those of hidden accounts do not.
#[utoipa::path(
    get,
    path = "/date_range_category_totals/from/{start_date}/to/{end_date}",
    operation_id = "listDateRangeCategoryTotals",
    tag = "categories",
    params(
        ("start_date" = inline(Day), Path, description = "The first day."),
        ("end_date" = inline(Day), Path, description = "The last day, included."),
        ("account_guid" = Option<String>, Query, description = "Only of this account."),
        ("account_guid[]" = Option<Vec<String>>, Query, description = "Only of these accounts; once for each."),
    ),
    responses((status = 200, description = "The totals.", body = TotalsBody))
)]
pub(super) async fn list_date_range_category_totals(
    State(app): State<App>,
    session: Session,
    Paths((Day(from), Day(to))): Paths<(Day, Day)>,
    Query(accounts): Query<AccountsQuery>,
) -> Result<Answer<TotalsBody>, ApiError> {
    let request = TotalsRequest { from, to, accounts: accounts.accounts() };
    let found = app.engine.category_totals(&session.caller, request).await?;
    let user = session.caller.user.as_str();
    let total = |one: riverbank_engine::categories::CategoryTotal| RangeTotal {
        category_guid: one.category_guid.to_string(),
        end_date: seconds(to),
        start_date: seconds(from),
        total: one.total,
        user_guid: user.to_owned(),
    };
    Ok(Answer::ok(TotalsBody { date_range_category_totals: found.into_iter().map(total).collect() }))
}

/// The beginning of a day in UTC.
fn seconds(day: Date) -> i64 {
    Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_or(i64::MIN, Timestamp::as_second)
}
