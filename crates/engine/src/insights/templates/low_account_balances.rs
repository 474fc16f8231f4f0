//! An account from which little is left to spend.

use jiff::civil::Date;
use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::{Account, Facts, Found, Looks, Movement, Relevance, Template};

/// What is little (default thresholds of the mobile app; Nexus reference, notifications).
const LITTLE: Money = Money::from_units(100 * 10_i64.pow(Money::SCALE));

/// The kinds of accounts that are spent from.
pub(in crate::insights) const SPENT_FROM: [AccountType; 3] =
    [AccountType::Checking, AccountType::Savings, AccountType::Prepaid];

pub(super) static TEMPLATE: Template = Template {
    name: "LowAccountBalances",
    looks: Looks::AtChanges,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |account: &Account| {
        let left = account.spendable().filter(|left| *left < LITTLE)?;
        let since = low_since(facts, account, LITTLE);
        Some(Found {
            key: format!("{}/{}", account.guid, since.map(|day| day.to_string()).unwrap_or_default()),
            title: "Low balance".to_owned(),
            description: format!("{} has {} left.", account.name(), facts.worded(left, &account.guid)),
            call_to_action: "View account",
            account: Some(account.guid.clone()),
            ..Found::default()
        })
    };
    facts.accounts.iter().filter(|account| account.is_open(&SPENT_FROM)).filter_map(tell).collect()
}

/// The day on which it came to have so little, as far back as that is known: a balance that recovers and falls again is
/// another fact.
pub(in crate::insights) fn low_since(facts: &Facts, account: &Account, little: Money) -> Option<Date> {
    let mut balance = account.spendable()?;
    // What is pending is off the available balance already.
    let counts = |one: &&Movement| {
        one.account == account.guid && (one.is_posted || account.facts.available_balance.is_some())
    };
    let mut moved = facts.movements.iter().filter(counts).peekable();
    while let Some(one) = moved.next() {
        balance = balance - one.came_in();
        // Nobody knows the order within a day.
        let is_whole_day = moved.peek().is_none_or(|before| before.date < one.date);
        if is_whole_day && balance >= little {
            return Some(one.date);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::feed::AccountFacts;

    use super::super::super::facts::money;
    use super::*;

    fn low(balance: &str) -> Facts {
        Facts::for_tests("2026-01-15").with_account("Checking", AccountType::Checking, balance)
    }

    #[test]
    fn less_than_100_is_told_of_accounts_that_are_spent_from() {
        let facts = low("99.99").with_account("Nest", AccountType::Savings, "100").with_account(
            "Card",
            AccountType::CreditCard,
            "1",
        );
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].description, "Checking has $99.99 left.");
        assert_eq!(found[0].key, "ACT-Checking/", "as long as is known");
        assert_eq!(find(&low("-5"))[0].description, "Checking has -$5.00 left.");
    }

    #[test]
    fn a_balance_that_recovered_and_fell_again_is_another_fact() {
        let facts = low("80")
            .with(Movement::spent("2026-01-14", "10", Category::Groceries))
            .with(Movement::spent("2026-01-12", "30", Category::Groceries))
            .with(Movement::earned("2026-01-10", "100", Category::Paycheck))
            .with(Movement::spent("2026-01-08", "200", Category::Groceries));
        assert_eq!(find(&facts)[0].key, "ACT-Checking/2026-01-12");
    }

    #[test]
    fn what_comes_and_goes_within_a_day_is_no_recovery() {
        let facts = low("80")
            .with(Movement::spent("2026-01-12", "30", Category::Groceries))
            .with(Movement::earned("2026-01-12", "30", Category::Paycheck))
            .with(Movement::spent("2026-01-08", "200", Category::Groceries));
        assert_eq!(find(&facts)[0].key, "ACT-Checking/2026-01-08");
    }

    #[test]
    fn what_is_pending_is_off_the_available_balance_and_stays_the_same_fact_when_it_is_booked() {
        let told = AccountFacts {
            available_balance: Some(money("80")),
            balance: Some(money("110")),
            ..AccountFacts::new(AccountType::Checking, "Checking".to_owned())
        };
        let paid = || Movement::spent("2026-01-14", "30", Category::Groceries);
        for paid in [paid().pending(), paid()] {
            let facts = Facts::for_tests("2026-01-15").with_facts(told.clone()).with(paid);
            assert_eq!(find(&facts)[0].key, "ACT-Checking/2026-01-14");
        }
    }
}
