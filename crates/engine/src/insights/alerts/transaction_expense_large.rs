//! A single payment of much.

use riverbank_model::money::Money;
use riverbank_model::notification::NotificationType;

use super::super::{Facts, Movement, wording};
use super::{Alarm, Alert, news};

pub(super) static ALERT: Alert = Alert { notification_type: NotificationType::TransactionExpenseLarge, find };

fn find(facts: &Facts, mark: Money) -> Vec<Alarm> {
    let is_told = |one: &&Movement| one.flags.is_expense && one.amount > mark;
    let tell = |one: &Movement| {
        let (amount, to, day) = (facts.amount(one), facts.counterparty(one), wording::day(one.date));
        Alarm::of(one, format!("You spent {amount} at {to} on {day}."))
    };
    news(facts).filter(is_told).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::super::whole;
    use super::*;

    #[test]
    fn an_expense_of_more_than_the_mark_is_told_while_it_is_news() {
        let facts = Facts::for_tests("2026-01-15")
            .with(Movement::spent("2026-01-14", "100.01", Category::Clothing).at("Macy's"))
            .with(Movement::spent("2026-01-14", "100", Category::Clothing))
            .with(Movement::spent("2026-01-11", "900", Category::Clothing))
            .with(Movement::spent("2026-01-14", "900", Category::CreditCardPayment))
            .with(Movement::spent("2026-01-14", "900", Category::Clothing).pending())
            .with(Movement::earned("2026-01-14", "900", Category::Paycheck));
        let found = find(&facts, whole(100));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].subject, "You spent $100.01 at Macy's on January 14.");
        assert_eq!((found[0].entity.as_str(), found[0].deep_link.as_str()), ("ACT-Checking", "TRN-1"));
    }
}
