//! A budget as answers show it.

use riverbank_model::money::{Money, Rate};
use riverbank_store::budgets::Budget;

/// A budget with what is spent of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetView {
    /// The budget.
    pub budget: Budget,
    /// The name of its category; none once that is gone.
    pub name: Option<String>,
    /// What was spent under its category in this calendar month; of Income, what was earned.
    pub transaction_total: Money,
    /// What it may come to at the end of the month.
    pub projected_spending: Money,
}

impl BudgetView {
    /// Whether more is spent than it allows.
    pub fn is_exceeded(&self) -> bool {
        self.transaction_total > self.budget.amount
    }

    /// Whether more is going to be spent than it allows.
    pub fn is_off_track(&self) -> bool {
        self.projected_spending > self.budget.amount
    }

    /// What is spent in per cent of the amount, with two decimals; 0 where the amount is 0.
    pub fn percent_spent(&self) -> Rate {
        /// Hundredths of a per cent in one, and units of a rate in a hundredth.
        const HUNDREDTHS: i128 = 10_000;
        const UNITS: i128 = 10_i128.pow(Rate::SCALE - 2);
        let amount = i128::from(self.budget.amount.units());
        let spent = i128::from(self.transaction_total.units());
        let units = divided(spent * HUNDREDTHS, amount).unwrap_or_default() * UNITS;
        Rate::from_units(i64::try_from(units).unwrap_or(if units < 0 { i64::MIN } else { i64::MAX }))
    }
}

/// A quotient, rounded half away from nought; none of a division by nought.
pub(super) fn divided(number: i128, by: i128) -> Option<i128> {
    if by == 0 {
        return None;
    }
    let half = by.abs() / 2;
    Some((number + number.signum() * half) / by)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use riverbank_model::guid::{BudgetGuid, CategoryGuid, Guid as _, UserGuid};

    use super::*;

    fn view(amount: &str, spent: &str) -> BudgetView {
        let budget = Budget {
            user_guid: UserGuid::trusted("USR-1".into()),
            guid: BudgetGuid::trusted("BGT-1".into()),
            number: 1,
            category_guid: CategoryGuid::trusted("CAT-1".into()),
            parent_guid: None,
            amount: amount.parse().unwrap(),
            metadata: None,
            revision: 1,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        };
        let spent = spent.parse().unwrap();
        BudgetView { budget, name: None, transaction_total: spent, projected_spending: spent }
    }

    #[test]
    fn what_is_spent_is_told_in_per_cent_with_two_decimals() {
        for (amount, spent, percent) in [
            ("153", "1952.8", "1276.34"),
            ("0", "12", "0"),
            ("200", "-0.01", "-0.01"),
            ("3", "1", "33.33"),
            ("3", "2", "66.67"),
            ("0.0001", "999999999999.9999", "9223372036854.775807"),
        ] {
            assert_eq!(view(amount, spent).percent_spent().to_string(), percent, "{spent} of {amount}");
        }
    }

    #[test]
    fn a_budget_is_exceeded_by_more_than_it_allows() {
        assert!(!view("10", "10").is_exceeded());
        assert!(view("10", "10.0001").is_exceeded());
        assert!(!view("10", "10").is_off_track());
        assert!(view("10", "10.01").is_off_track());
    }
}
