//! A deposit of much.

use riverbank_model::account::AccountType;
use riverbank_model::money::Money;
use riverbank_model::notification::NotificationType;

use super::super::{Account, Facts, Movement, wording};
use super::{Alarm, Alert, news};

/// The kinds of accounts that money is deposited in; elsewhere it pays a debt, or is moved about.
const DEPOSITED_IN: [AccountType; 4] =
    [AccountType::Checking, AccountType::Savings, AccountType::Prepaid, AccountType::Cash];

pub(super) static ALERT: Alert = Alert { notification_type: NotificationType::AccountDepositLarge, find };

fn find(facts: &Facts, mark: Money) -> Vec<Alarm> {
    let is_told = |one: &&Movement| {
        let account = facts.account(&one.account);
        one.is_credit && one.amount > mark && account.is_some_and(|account| account.is_open(&DEPOSITED_IN))
    };
    let tell = |one: &Movement| {
        let account = facts.account(&one.account).map_or("your account", Account::name);
        let subject = format!("{} came into {account} on {}.", facts.amount(one), wording::day(one.date));
        Alarm::of(one, subject)
    };
    news(facts).filter(is_told).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::super::whole;
    use super::*;

    #[test]
    fn a_deposit_of_more_than_the_mark_is_told_while_it_is_news() {
        let facts = Facts::for_tests("2026-01-15")
            .with_account("Checking", AccountType::Checking, "80")
            .with_account("Card", AccountType::CreditCard, "80")
            .with(Movement::earned("2026-01-14", "500.01", Category::Paycheck))
            .with(Movement::earned("2026-01-14", "500", Category::Paycheck))
            .with(Movement::earned("2026-01-11", "900", Category::Paycheck))
            .with(Movement::earned("2026-01-14", "900", Category::CreditCardPayment).in_account("Card"))
            .with(Movement::earned("2026-01-14", "900", Category::Paycheck).pending())
            .with(Movement::spent("2026-01-14", "900", Category::Clothing));
        let found = find(&facts, whole(500));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].subject, "$500.01 came into Checking on January 14.");
        assert_eq!((found[0].entity.as_str(), found[0].deep_link.as_str()), ("ACT-Checking", "TRN-1"));
    }
}
