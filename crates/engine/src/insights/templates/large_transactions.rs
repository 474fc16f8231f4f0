//! A single payment of much.

use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

/// What is much (default thresholds of the mobile app; Nexus reference, notifications).
const MUCH: Money = Money::from_units(500 * 10_i64.pow(Money::SCALE));

pub(super) static TEMPLATE: Template = Template {
    name: "LargeTransactions",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let is_large = |one: &&Movement| one.flags.is_expense && one.amount >= MUCH;
    let tell = |one: &Movement| Found {
        key: one.guid.to_string(),
        title: "Large purchase".to_owned(),
        description: format!(
            "You spent {} at {} on {}.",
            facts.amount(one),
            facts.counterparty(one),
            wording::day(one.date)
        ),
        call_to_action: "View transaction",
        account: Some(one.account.clone()),
        transaction: Some(one.guid.clone()),
        categories: vec![one.category.clone()],
        merchants: one.merchant.clone().into_iter().collect(),
        ..Found::default()
    };
    facts.news().filter(is_large).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    #[test]
    fn an_expense_of_500_and_more_is_told_as_long_as_it_is_news() {
        let facts = Facts::for_tests("2026-01-15")
            .with(Movement::spent("2026-01-14", "500", Category::Clothing).at("Macy's"))
            .with(Movement::spent("2026-01-14", "499.99", Category::Clothing))
            .with(Movement::spent("2026-01-14", "900", Category::CreditCardPayment))
            .with(Movement::earned("2026-01-14", "900", Category::Paycheck))
            .with(Movement::spent("2026-01-14", "900", Category::Clothing).pending())
            .with(Movement::spent("2025-12-31", "900", Category::Clothing));
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].key, "TRN-1");
        assert_eq!(found[0].description, "You spent $500.00 at Macy's on January 14.");
    }
}
