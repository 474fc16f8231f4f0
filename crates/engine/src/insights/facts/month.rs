//! What a month came to.

use std::collections::BTreeMap;

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::CategoryGuid;
use riverbank_model::money::Money;
use riverbank_store::categories::Category;

/// A calendar month: what came in less what went out, by category, each with what is below it.
#[derive(Debug, Default)]
pub(in crate::insights) struct Month(BTreeMap<CategoryGuid, Money>);

/// Categories at the top under which money is moved, not spent.
const MOVED: [DefaultCategory; 3] =
    [DefaultCategory::Income, DefaultCategory::Transfer, DefaultCategory::Investments];

impl Month {
    /// Counts what came in under a category, and under the one above it.
    pub(super) fn add(&mut self, category: CategoryGuid, own: &[Category], came_in: Money) {
        let above = match DefaultCategory::from_guid(&category) {
            Some(default) => default.parent().map(DefaultCategory::guid),
            None => own.iter().find(|own| own.guid == category).map(|own| own.parent_guid.clone()),
        };
        for one in [Some(category), above].into_iter().flatten() {
            let sum = self.0.entry(one).or_default();
            *sum = *sum + came_in;
        }
    }

    /// What came in less what went out under a category.
    pub(in crate::insights) fn came_in(&self, category: &CategoryGuid) -> Money {
        self.0.get(category).copied().unwrap_or_default()
    }

    /// What was earned.
    pub(in crate::insights) fn earned(&self) -> Money {
        self.came_in(&DefaultCategory::Income.guid()).max(Money::ZERO)
    }

    /// The categories at the top under which more was spent than came back, most first, with how much that was.
    pub(in crate::insights) fn spent(&self) -> Vec<(DefaultCategory, Money)> {
        let tops = DefaultCategory::ALL.iter().filter(|one| one.parent().is_none() && !MOVED.contains(one));
        let mut spent: Vec<_> = tops
            .map(|top| (*top, -self.came_in(&top.guid())))
            .filter(|(_, spent)| *spent > Money::ZERO)
            .collect();
        spent.sort_by_key(|(_, spent)| std::cmp::Reverse(*spent));
        spent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_holds_what_is_below_it_and_refunds_count_against_what_was_spent() {
        let money = |text: &str| text.parse::<Money>().unwrap();
        let mut month = Month::default();
        for (category, came_in) in [
            (DefaultCategory::Groceries, "-40"),
            (DefaultCategory::FoodAndDining, "-10.5"),
            (DefaultCategory::Groceries, "5"),
            (DefaultCategory::Gas, "-60"),
            (DefaultCategory::Clothing, "12"),
            (DefaultCategory::CreditCardPayment, "-900"),
            (DefaultCategory::Paycheck, "2000"),
        ] {
            month.add(category.guid(), &[], money(came_in));
        }
        assert_eq!(
            month.spent(),
            [
                (DefaultCategory::AutoAndTransport, money("60")),
                (DefaultCategory::FoodAndDining, money("45.5")),
            ]
        );
        assert_eq!(month.came_in(&DefaultCategory::Groceries.guid()), money("-35"));
        assert_eq!(month.earned(), money("2000"));
    }
}
