//! What budgets are held against: what was spent this month, and in the two before.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::{CategoryGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_store::budgets::Budget;
use riverbank_store::categories::{self, Category};
use riverbank_store::transaction_totals::{self, TotalsFilter};
use riverbank_store::{Reader, StoreError, Tx};

use super::BudgetView;
use super::view::divided;
use crate::{Engine, calendar};

/// Two decimals: the units of an amount that an estimate is rounded to.
const CENT: i128 = 10_i128.pow(Money::SCALE - 2);

/// What a user has spent by category: a category at the top has what stands under those below it as well. What counts is
/// what totals by category count: live transactions, pending ones too, that are neither hidden nor split, in accounts that
/// are not hidden; money that came back counts against what went out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spending {
    today: Date,
    /// The categories that the user has made.
    own: Vec<Category>,
    /// This month, the one before, and the one before that. A category without a transaction is not in a month.
    months: [HashMap<CategoryGuid, Money>; 3],
}

impl Spending {
    /// Of a user, on the day that it is where the user is.
    pub(crate) async fn read(tx: &Tx, user: &UserGuid, now: Timestamp) -> Result<Self, StoreError> {
        let mut spending = Self::nothing(tx, user, now).await?;
        for (ago, days) in (0..).zip(spending.windows()) {
            let sums = transaction_totals::category_totals(tx, user, days, &TotalsFilter::default()).await?;
            spending.add(ago, &sums);
        }
        Ok(spending)
    }

    /// The same, of what is kept: for what only reads.
    pub(crate) async fn kept(engine: &Engine, reader: &Reader, user: &UserGuid) -> Result<Self, StoreError> {
        let mut spending = Self::nothing(reader, user, engine.now()).await?;
        let months = engine.category_sums.of_each(reader, user, &spending.windows()).await?;
        for (ago, sums) in months.iter().enumerate() {
            spending.add(ago, sums);
        }
        Ok(spending)
    }

    async fn nothing(tx: &Tx, user: &UserGuid, now: Timestamp) -> Result<Self, StoreError> {
        let today = calendar::today(tx, user, now).await?;
        Ok(Self { today, own: categories::of_user(tx, user).await?, months: Default::default() })
    }

    /// The first and the last day of each month.
    fn windows(&self) -> [(Date, Date); 3] {
        [0, 1, 2].map(|ago| month_before(self.today, ago)).map(|month| (month, month.last_of_month()))
    }

    fn add(&mut self, months_ago: usize, sums: &[(CategoryGuid, Money)]) {
        let Some(month) = self.months.get_mut(months_ago) else { return };
        for (category, came_in) in sums {
            add(month, &self.own, category, *came_in);
        }
    }

    /// A budget with what is spent of it.
    pub(crate) fn view(&self, budget: Budget) -> BudgetView {
        let spent = self.spent(&budget.category_guid, 0).unwrap_or_default();
        let history = [1, 2].map(|ago| self.spent(&budget.category_guid, ago));
        let days = [1, 2].map(|ago| i128::from(month_before(self.today, ago).days_in_month()));
        let history = history
            .iter()
            .any(Option::is_some)
            .then(|| (history.into_iter().flatten().sum::<Money>(), days.iter().sum::<i128>()));
        BudgetView {
            name: self.name(&budget.category_guid),
            transaction_total: spent,
            projected_spending: projected(spent, self.today, history),
            budget,
        }
    }

    /// What was spent under a category so many months ago; none if there was nothing at all.
    pub(super) fn spent(&self, category: &CategoryGuid, months_ago: usize) -> Option<Money> {
        self.months.get(months_ago)?.get(category).copied()
    }

    /// What was spent under a category in an average one of the last two whole months, not below nought; none unless there
    /// was something in each of them.
    pub(super) fn average(&self, category: &CategoryGuid) -> Option<Money> {
        let both =
            i128::from(self.spent(category, 1)?.units()) + i128::from(self.spent(category, 2)?.units());
        Some(cents(both, 2).max(Money::ZERO))
    }

    fn name(&self, category: &CategoryGuid) -> Option<String> {
        let own = self.own.iter().find(|own| own.guid == *category).map(|own| own.name.as_str());
        own.or_else(|| DefaultCategory::from_guid(category).map(DefaultCategory::name)).map(str::to_owned)
    }
}

fn add(month: &mut HashMap<CategoryGuid, Money>, own: &[Category], category: &CategoryGuid, came_in: Money) {
    let default = DefaultCategory::from_guid(category);
    let total = if default.is_some_and(DefaultCategory::is_income) { came_in } else { -came_in };
    let top = default.map(|default| default.top_level().guid());
    let top = top.or_else(|| own.iter().find(|own| own.guid == *category).map(|own| own.parent_guid.clone()));
    let mut count = |category| {
        let sum = month.entry(category).or_default();
        *sum = *sum + total;
    };
    if let Some(top) = top.filter(|top| top != category) {
        count(top);
    }
    count(category.clone());
}

fn month_before(today: Date, months: i64) -> Date {
    today.first_of_month().saturating_sub(Span::new().months(months))
}

/// What may be spent by the end of the month: what is spent so far, and for each day that is left what an average day of
/// the last two whole months came to (their sum, and how many days they have); without them, an average day of this month.
/// To the cent.
fn projected(spent: Money, today: Date, history: Option<(Money, i128)>) -> Money {
    let (sum, days) = history.unwrap_or((spent, i128::from(today.day())));
    let left = i128::from(today.days_in_month() - today.day());
    cents(i128::from(spent.units()) * days + left * i128::from(sum.units()), days)
}

/// A quotient as an amount of whole cents.
fn cents(units: i128, by: i128) -> Money {
    let cents = divided(units, by * CENT).unwrap_or_default() * CENT;
    Money::from_units(i64::try_from(cents).unwrap_or(if cents < 0 { i64::MIN } else { i64::MAX }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn each_day_that_is_left_costs_what_an_average_day_did() {
        // 100.6 a day for the 61 days of April and May, and 16 days left of June.
        let history = Some((money("6136.6"), 61));
        assert_eq!(projected(money("1952.8"), date(2022, 6, 14), history), money("3562.4"));
        assert_eq!(projected(money("40"), date(2026, 2, 28), history), money("40"), "no day is left");
        assert_eq!(projected(money("30"), date(2026, 4, 10), None), money("90"), "this month's own pace");
        assert_eq!(projected(Money::ZERO, date(2026, 4, 10), None), Money::ZERO);
        assert_eq!(
            projected(money("10"), date(2024, 2, 28), Some((money("62"), 62))),
            money("11"),
            "a leap day"
        );
    }

    #[test]
    fn months_begin_on_their_first_day_over_the_turn_of_a_year() {
        assert_eq!(month_before(date(2026, 3, 31), 1), date(2026, 2, 1));
        assert_eq!(month_before(date(2026, 1, 31), 2), date(2025, 11, 1));
    }

    proptest! {
        #[test]
        fn a_branch_is_the_sum_of_its_categories(
            amounts in prop::collection::vec((0..DefaultCategory::ALL.len(), -1_000_000..1_000_000_i64), 0..60),
        ) {
            let mut month = HashMap::new();
            for (index, units) in &amounts {
                add(&mut month, &[], &DefaultCategory::ALL[*index].guid(), Money::from_units(*units));
            }
            for top in DefaultCategory::ALL.iter().filter(|one| one.parent().is_none()) {
                let branch = amounts.iter().filter(|(index, _)| DefaultCategory::ALL[*index].top_level() == *top);
                let came_in: i64 = branch.map(|(_, units)| units).sum();
                let expected = if top.is_income() { came_in } else { -came_in };
                prop_assert_eq!(month.get(&top.guid()).copied().unwrap_or_default().units(), expected);
            }
        }
    }
}
