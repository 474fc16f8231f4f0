//! What came in less what went out under each category in a range of days, without adding it up anew for each request.

use std::sync::Arc;

use jiff::civil::Date;
use riverbank_model::guid::{CategoryGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_store::transaction_totals::{self, TotalsFilter};
use riverbank_store::{Reader, StoreError, transactions};

use crate::kept::Kept;

/// The sums of ranges of days.
#[derive(Debug, Default)]
pub(crate) struct CategorySums(Kept<Range, Sums>);

/// Sums by category, in the order of the ids of those that have transactions.
pub(crate) type Sums = Arc<[(CategoryGuid, Money)]>;

#[derive(Debug, PartialEq, Eq, Hash)]
struct Range {
    user: UserGuid,
    /// From a day through another.
    days: (Date, Date),
}

impl CategorySums {
    /// The sums of all transactions of a user that count, as [`transaction_totals::category_totals`] says, for each range
    /// from one day through another.
    pub(crate) async fn of_each(
        &self,
        reader: &Reader,
        user: &UserGuid,
        ranges: &[(Date, Date)],
    ) -> Result<Vec<Sums>, StoreError> {
        // The revision first: what is changed in between raises it, and the sums are made anew by the next one.
        let revision = transactions::revision(reader, user).await?;
        let mut each = Vec::with_capacity(ranges.len());
        for &days in ranges {
            let range = Range { user: user.clone(), days };
            if let Some(sums) = self.0.find(&range, revision) {
                each.push(sums);
                continue;
            }
            let sums: Sums =
                transaction_totals::category_totals(reader, user, days, &TotalsFilter::default())
                    .await?
                    .into();
            self.0.keep(range, revision, Arc::clone(&sums));
            each.push(sums);
        }
        Ok(each)
    }
}
