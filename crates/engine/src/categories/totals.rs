//! Totals by category: `GET /date_range_category_totals/from/{start_date}/to/{end_date}`.

use jiff::civil::Date;
use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::{AccountGuid, CategoryGuid};
use riverbank_model::money::Money;
use riverbank_store::db::Each;
use riverbank_store::transaction_totals::{self, TotalsFilter};

use crate::{Caller, Engine, Fault};

/// Of what the totals are.
#[derive(Clone, Debug)]
pub struct TotalsRequest {
    /// The first day.
    pub from: Date,
    /// The last day, included.
    pub to: Date,
    /// Only of these accounts, whether they exist or not.
    pub accounts: Option<Vec<AccountGuid>>,
}

/// What the transactions of a category come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryTotal {
    /// The category, alone.
    pub category_guid: CategoryGuid,
    /// Of an income category, what came in less what went out; of every other one, what went out less what came in.
    pub total: Money,
}

impl Engine {
    /// The totals of the categories that have transactions in a range of days, by their ids.
    pub async fn category_totals(
        &self,
        caller: &Caller,
        request: TotalsRequest,
    ) -> Result<Vec<CategoryTotal>, Fault> {
        let reader = self.store().read().await?;
        let (user, days) = (&caller.user, (request.from, request.to));
        let sums = match request.accounts.as_deref() {
            None => self.category_sums.of_each(&reader, user, &[days]).await?.concat(),
            Some(accounts) => {
                // One id can be looked up in the order of its index.
                let filter = match accounts {
                    [one] => TotalsFilter { account: Some(one), accounts: None },
                    several => TotalsFilter { account: None, accounts: Some(Each::of(several)) },
                };
                transaction_totals::category_totals(&reader, user, days, &filter).await?
            }
        };
        let directed = |(category_guid, came_in): (CategoryGuid, Money)| {
            let is_income =
                DefaultCategory::from_guid(&category_guid).is_some_and(DefaultCategory::is_income);
            let total = if is_income { came_in } else { -came_in };
            CategoryTotal { category_guid, total }
        };
        Ok(sums.into_iter().map(directed).collect())
    }
}
