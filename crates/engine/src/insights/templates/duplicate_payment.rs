//! The same payment twice on a day.

use riverbank_enrich::Category;
use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

/// What is paid twice on a day without a mistake, fares and coffee, is below this. The reference gives no number.
const LEAST: Money = Money::from_units(10 * 10_i64.pow(Money::SCALE));

pub(super) static TEMPLATE: Template = Template {
    name: "DuplicatePayment",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

/// Each but the first of equal payments, by their ids: so those that come in later change nothing of what was told.
fn find(facts: &Facts) -> Vec<Found> {
    let payments: Vec<_> = facts.news().filter(|one| is_payment(one)).collect();
    let tell = |one: &&Movement| {
        let same: Vec<_> = payments.iter().filter(|other| is_equal(one, other)).collect();
        same.iter().any(|other| other.guid < one.guid).then(|| Found {
            key: one.guid.to_string(),
            title: "Possible duplicate payment".to_owned(),
            description: format!(
                "{} was paid {} more than once on {}.",
                facts.counterparty(one),
                facts.amount(one),
                wording::day(one.date)
            ),
            call_to_action: "View transactions",
            account: Some(one.account.clone()),
            transaction: Some(one.guid.clone()),
            merchants: one.merchant.clone().into_iter().collect(),
            transactions: same.iter().map(|other| other.guid.clone()).collect(),
            ..Found::default()
        })
    };
    payments.iter().filter_map(tell).collect()
}

fn is_payment(one: &Movement) -> bool {
    one.flags.is_expense && one.amount >= LEAST && one.top != Some(Category::FeesAndCharges)
}

fn is_equal(one: &Movement, other: &Movement) -> bool {
    (&one.account, one.date, one.amount) == (&other.account, other.date, other.amount)
        && one.is_with_the_same(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paid(day: &str, amount: &str) -> Movement {
        Movement::spent(day, amount, Category::Clothing).at("Macy's")
    }

    #[test]
    fn the_same_amount_to_the_same_merchant_on_the_same_day_is_told_once() {
        let facts = Facts::for_tests("2026-01-15")
            .with(paid("2026-01-14", "31.26"))
            .with(paid("2026-01-14", "31.26"))
            .with(paid("2026-01-13", "31.26"))
            .with(paid("2026-01-14", "31.27"))
            .with(paid("2026-01-14", "31.26").in_account("Savings"))
            .with(Movement::spent("2026-01-14", "31.26", Category::Clothing).at("Target"))
            .with(paid("2026-01-12", "9.99"))
            .with(paid("2026-01-12", "9.99"));
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].description, "Macy's was paid $31.26 more than once on January 14.");
        assert_eq!((found[0].key.as_str(), found[0].transactions.len()), ("TRN-2", 2));
    }

    #[test]
    fn a_third_one_that_comes_in_later_is_told_beside_the_second() {
        let two =
            Facts::for_tests("2026-01-15").with(paid("2026-01-14", "20")).with(paid("2026-01-14", "20"));
        let before: Vec<_> = find(&two).into_iter().map(|found| found.key).collect();
        let three = two.with(paid("2026-01-14", "20"));
        let after: Vec<_> = find(&three).into_iter().map(|found| found.key).collect();
        assert_eq!((before, after), (vec!["TRN-2".to_owned()], vec!["TRN-2".to_owned(), "TRN-3".to_owned()]));
    }
}
