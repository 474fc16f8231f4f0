//! A fee that was charged.

use riverbank_enrich::Category;
use riverbank_model::money::Money;
use riverbank_model::notification::NotificationType;

use super::super::{Facts, Movement, wording};
use super::{Alarm, Alert, news};

pub(super) static ALERT: Alert = Alert { notification_type: NotificationType::TransactionFeeCharge, find };

fn find(facts: &Facts, mark: Money) -> Vec<Alarm> {
    let is_told =
        |one: &&Movement| one.top == Some(Category::FeesAndCharges) && !one.is_credit && one.amount > mark;
    let tell = |one: &Movement| {
        let (amount, day) = (facts.amount(one), wording::day(one.date));
        Alarm::of(one, format!("A fee of {amount} was charged on {day}: {}.", one.description))
    };
    news(facts).filter(is_told).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use super::super::whole;
    use super::*;

    #[test]
    fn whatever_stands_under_fees_and_charges_is_told_but_what_comes_back() {
        let facts = Facts::for_tests("2026-01-15")
            .with(Movement::spent("2026-01-14", "0.01", Category::AtmFee))
            .with(Movement::spent("2026-01-14", "5", Category::FeesAndCharges))
            .with(Movement::earned("2026-01-14", "5", Category::AtmFee))
            .with(Movement::spent("2026-01-14", "5", Category::Groceries));
        let found = find(&facts, Money::ZERO);
        assert_eq!(found.len(), 2);
        assert!(
            found.iter().any(|one| one.subject == "A fee of $0.01 was charged on January 14: ATM Fee."),
            "{found:?}"
        );
        assert_eq!(find(&facts, whole(4)).len(), 1);
    }
}
