//! What credit cards have cost in interest.

use riverbank_enrich::Category;
use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

/// How far back interest is added up (Nexus reference, insights).
const DAYS: i64 = 90;
/// Until this day of the month it is told.
const LAST_DAY: i8 = 7;

pub(super) static TEMPLATE: Template = Template {
    name: "CreditCardInterestSummary",
    looks: Looks::InTheMorning,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    if facts.today.day() > LAST_DAY {
        return Vec::new();
    }
    let is_card = |one: &Movement| {
        let account = facts.account(&one.account);
        account.is_some_and(|account| account.facts.account_type == AccountType::CreditCard)
    };
    let from = facts.days_ago(DAYS);
    let is_interest = |one: &&Movement| {
        let category = Category::FinanceCharge.guid();
        one.is_posted && !one.is_credit && one.category == category && one.date >= from && is_card(one)
    };
    let interest: Vec<_> = facts.movements.iter().filter(is_interest).collect();
    let sum: Money = interest.iter().map(|one| one.amount).sum();
    if sum == Money::ZERO {
        return Vec::new();
    }
    let mut accounts: Vec<_> = interest.iter().map(|one| one.account.clone()).collect();
    accounts.sort();
    accounts.dedup();
    vec![Found {
        key: facts.month_before(0).to_string(),
        title: "Interest on your credit cards".to_owned(),
        description: format!("In the last {DAYS} days you paid {} in interest.", wording::dollars(sum)),
        call_to_action: "View transactions",
        accounts,
        categories: vec![Category::FinanceCharge.guid()],
        transactions: interest.into_iter().map(|one| one.guid.clone()).collect(),
        relevant_through: Some(facts.today.last_of_month()),
        ..Found::default()
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interest_of_90_days_is_told_once_a_month() {
        let facts = |today: &str| {
            Facts::for_tests(today)
                .with_account("Card", AccountType::CreditCard, "80")
                .with_account("Checking", AccountType::Checking, "80")
                .with(Movement::spent("2026-02-20", "12.5", Category::FinanceCharge).in_account("Card"))
                .with(Movement::spent("2026-01-20", "11", Category::FinanceCharge).in_account("Card"))
                .with(Movement::spent("2025-11-20", "11", Category::FinanceCharge).in_account("Card"))
                .with(Movement::earned("2026-02-21", "2", Category::FinanceCharge).in_account("Card"))
                .with(Movement::spent("2026-02-20", "9", Category::FinanceCharge))
        };
        let found = find(&facts("2026-03-01"));
        assert_eq!(found[0].description, "In the last 90 days you paid $23.50 in interest.");
        assert_eq!((found[0].transactions.len(), found[0].accounts.len()), (2, 1));
        assert_eq!(find(&facts("2026-03-08")), []);
        assert_eq!(find(&Facts::for_tests("2026-03-01")), []);
    }
}
