//! A subscription that has begun.

use riverbank_model::guid::{AccountGuid, MerchantGuid};

use super::super::{Facts, Found, Looks, Movement, Relevance, Template};

/// Days between two payments of one subscription, at least.
const APART: i64 = 20;
/// For how many days after its first payment a subscription is new: less than a quarter, since of what is paid each quarter only
/// one earlier payment is in sight, which may be any. Cards are kept for longer, so that it is not told again.
const NEW: i64 = 80;

pub(super) static TEMPLATE: Template = Template {
    name: "SubscriptionDetected",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let mut told: Vec<(&AccountGuid, &MerchantGuid)> = Vec::new();
    let mut found = Vec::new();
    for one in facts.news().filter(|one| is_payment(one)) {
        let Some(merchant) = &one.merchant else { continue };
        let is_of_it = |other: &&Movement| {
            is_payment(other) && (&other.account, other.merchant.as_ref()) == (&one.account, Some(merchant))
        };
        let mut payments = facts.movements.iter().filter(is_of_it);
        let Some(first) = payments.next_back() else { continue };
        let is_new = first.date > facts.days_ago(NEW);
        let is_again = first.date.saturating_add(jiff::Span::new().days(APART)) <= one.date;
        if !is_new || !is_again || told.contains(&(&one.account, merchant)) {
            continue;
        }
        told.push((&one.account, merchant));
        found.push(Found {
            key: format!("{}/{merchant}", one.account),
            title: "New subscription".to_owned(),
            description: format!(
                "It looks as if you have a subscription with {}. You last paid {}.",
                facts.counterparty(one),
                facts.amount(one)
            ),
            call_to_action: "View transactions",
            account: Some(one.account.clone()),
            transaction: Some(one.guid.clone()),
            merchants: vec![merchant.clone()],
            transactions: vec![first.guid.clone()],
            ..Found::default()
        });
    }
    found
}

fn is_payment(one: &Movement) -> bool {
    one.flags.is_subscription && one.is_posted && !one.is_credit
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    fn told(days: &[&str]) -> Vec<String> {
        let paid = |day: &&str| Movement::spent(day, "9.99", Category::Music).at("Spotify").subscribed();
        let facts = days.iter().fold(Facts::for_tests("2026-04-15"), |facts, day| facts.with(paid(day)));
        find(&facts).into_iter().map(|found| found.description).collect()
    }

    #[test]
    fn the_second_payment_of_a_subscription_tells_of_it() {
        let expected = ["It looks as if you have a subscription with Spotify. You last paid $9.99."];
        assert_eq!(told(&["2026-03-10", "2026-04-10"]), expected);
        assert_eq!(
            told(&["2026-02-10", "2026-03-10", "2026-04-10"]),
            expected,
            "of what was there before, too"
        );
    }

    #[test]
    fn a_first_payment_tells_nothing_and_an_old_subscription_is_known() {
        for days in [
            vec!["2026-04-10"],
            vec!["2026-04-01", "2026-04-10"],
            vec!["2026-01-05", "2026-04-10"],
            vec!["2026-01-15", "2026-04-15"],
        ] {
            assert_eq!(told(&days), Vec::<String>::new(), "{days:?}");
        }
    }
}
