//! A subscription that has become dearer.

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

/// Days between two payments of one subscription, at least: what is paid sooner is another one.
const APART: i64 = 20;

pub(super) static TEMPLATE: Template = Template {
    name: "SubscriptionPriceIncrease",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |one: &Movement| {
        let before = price_before(facts, one)?;
        let dearer = wording::percent(one.amount - before.amount, before.amount)?;
        let merchant = facts.counterparty(one);
        Some(Found {
            key: one.guid.to_string(),
            title: "Price increase".to_owned(),
            description: format!(
                "{merchant} went from {} to {}, {dearer}% more.",
                facts.amount(before),
                facts.amount(one)
            ),
            call_to_action: "View transactions",
            account: Some(one.account.clone()),
            transaction: Some(one.guid.clone()),
            merchants: one.merchant.clone().into_iter().collect(),
            transactions: vec![before.guid.clone()],
            ..Found::default()
        })
    };
    facts.news().filter(|one| is_subscription(one)).filter_map(tell).collect()
}

/// The payment before, if that was less, and the one before that, if it is known, no other price.
fn price_before<'a>(facts: &'a Facts, one: &Movement) -> Option<&'a Movement> {
    let latest = one.date.saturating_sub(jiff::Span::new().days(APART));
    let is_before = |other: &&Movement| {
        is_subscription(other)
            && other.is_posted
            && other.date <= latest
            && other.account == one.account
            && other.is_with_the_same(one)
    };
    let mut earlier = facts.movements.iter().filter(is_before);
    let before = earlier.next().filter(|before| before.amount < one.amount)?;
    earlier.next().is_none_or(|steady| steady.amount == before.amount).then_some(before)
}

fn is_subscription(one: &Movement) -> bool {
    one.flags.is_subscription && !one.is_credit && one.merchant.is_some()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    fn paid(day: &str, amount: &str) -> Movement {
        Movement::spent(day, amount, Category::Television).at("Netflix").subscribed()
    }

    fn told(payments: &[(&str, &str)]) -> Vec<String> {
        let facts = payments
            .iter()
            .fold(Facts::for_tests("2026-03-15"), |facts, (day, amount)| facts.with(paid(day, amount)));
        find(&facts).into_iter().map(|found| found.description).collect()
    }

    #[test]
    fn a_price_that_has_risen_is_told() {
        let expected = ["Netflix went from $15.49 to $17.99, 16% more."];
        assert_eq!(told(&[("2026-02-10", "15.49"), ("2026-03-10", "17.99")]), expected);
        assert_eq!(
            told(&[("2026-01-10", "15.49"), ("2026-02-10", "15.49"), ("2026-03-10", "17.99")]),
            expected
        );
    }

    #[test]
    fn nothing_is_told_of_a_price_that_fell_that_was_never_steady_or_of_a_second_subscription() {
        for payments in [
            vec![("2026-02-10", "17.99"), ("2026-03-10", "15.49")],
            vec![("2026-02-10", "15.49"), ("2026-03-10", "15.49")],
            vec![("2026-01-10", "12.00"), ("2026-02-10", "15.49"), ("2026-03-10", "17.99")],
            vec![("2026-03-01", "9.99"), ("2026-03-10", "17.99")],
            vec![("2026-01-20", "15.49"), ("2026-02-20", "17.99")],
        ] {
            assert_eq!(told(&payments), Vec::<String>::new(), "{payments:?}");
        }
    }
}
