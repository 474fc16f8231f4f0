//! A checking account that will not do for what is expected to be paid from it.

use jiff::{Span, ToSpan as _};
use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::{Account, Facts, Found, Looks, Movement, Relevance, Template, wording};

/// How many days ahead payments are expected. The reference gives no number.
const AHEAD: i64 = 7;

pub(super) static TEMPLATE: Template = Template {
    name: "OverdraftWarning",
    looks: Looks::AtChanges,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |account: &Account| {
        let left = account.spendable().filter(|left| *left >= Money::ZERO)?;
        let expected = expected(facts, account);
        let sum: Money = expected.iter().map(|one| one.amount).sum();
        if sum <= left {
            return None;
        }
        let until = facts.today.saturating_add(Span::new().days(AHEAD));
        Some(Found {
            key: format!("{}/{}", account.guid, facts.month_before(0)),
            title: "Possible overdraft".to_owned(),
            description: format!(
                "{} has {}, and payments of {} are expected by {}.",
                account.name(),
                facts.worded(left, &account.guid),
                facts.worded(sum, &account.guid),
                wording::day(until)
            ),
            call_to_action: "View account",
            account: Some(account.guid.clone()),
            merchants: expected.iter().filter_map(|one| one.merchant.clone()).collect(),
            transactions: expected.iter().map(|one| one.guid.clone()).collect(),
            relevant_through: Some(until),
            ..Found::default()
        })
    };
    facts
        .accounts
        .iter()
        .filter(|account| account.is_open(&[AccountType::Checking]))
        .filter_map(tell)
        .collect()
}

/// The payments of the last month that come again in the next days: those of a series that has not gone on since.
fn expected<'a>(facts: &'a Facts, account: &Account) -> Vec<&'a Movement> {
    let until = facts.today.saturating_add(Span::new().days(AHEAD));
    let comes = |one: &&Movement| {
        let again = one.date.saturating_add(1.month());
        let is_of_series = |other: &Movement| other.account == one.account && other.is_with_the_same(one);
        one.account == account.guid
            && one.is_recurring
            && !one.is_credit
            && again > facts.today
            && again <= until
            && !facts.movements.iter().any(|other| other.date > one.date && is_of_series(other))
    };
    facts.movements.iter().filter(comes).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    fn told(balance: &str, payments: &[(&str, &str, &str)]) -> Vec<String> {
        let facts = Facts::for_tests("2026-01-15").with_account("Checking", AccountType::Checking, balance);
        let paid = |facts: Facts, (day, amount, merchant): &(&str, &str, &str)| {
            facts.with(Movement::spent(day, amount, Category::Utilities).at(merchant).again())
        };
        find(&payments.iter().fold(facts, paid)).into_iter().map(|found| found.description).collect()
    }

    #[test]
    fn payments_of_the_last_month_that_are_more_than_is_left_are_told() {
        let payments = [("2025-12-16", "80", "Dominion Energy"), ("2025-12-22", "40", "Comcast")];
        assert_eq!(
            told("119.99", &payments),
            ["Checking has $119.99, and payments of $120.00 are expected by January 22."]
        );
        assert_eq!(told("120", &payments), Vec::<String>::new());
    }

    #[test]
    fn what_was_paid_since_is_paid_later_or_has_happened_is_not_told() {
        assert_eq!(
            told("10", &[("2025-12-16", "80", "Comcast"), ("2026-01-14", "80", "Comcast")]),
            Vec::<String>::new()
        );
        assert_eq!(told("10", &[("2025-12-23", "80", "Comcast")]), Vec::<String>::new());
        assert_eq!(told("-1", &[("2025-12-16", "80", "Comcast")]), Vec::<String>::new());
    }
}
