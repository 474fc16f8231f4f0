//! A bill that is higher or lower than usual.

use jiff::Span;
use riverbank_enrich::Category;
use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

/// The categories of bills (Nexus reference, insights).
const BILLS: [Category; 4] =
    [Category::BillsAndUtilities, Category::Internet, Category::MobilePhone, Category::Utilities];
/// How far back bills are compared (Nexus reference, insights: the last 4 months).
const MONTHS: i64 = 4;
/// How many there are in that time at least, this one among them (Nexus reference, insights).
const LEAST: usize = 3;
/// From how many per cent on a bill is not as usual. The reference gives no number.
const UNUSUAL: i64 = 10;
/// Bills that are shown beside it (Nexus reference, insights: a chart of 3 to 6).
const SHOWN: usize = 5;

pub(super) static TEMPLATE: Template = Template {
    name: "BillAmountNotStandard",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |one: &Movement| {
        let from = one.date.saturating_sub(Span::new().months(MONTHS));
        let is_before = |other: &&Movement| {
            is_bill(other)
                && other.is_posted
                && other.date < one.date
                && other.date >= from
                && (&other.merchant, &other.category) == (&one.merchant, &one.category)
        };
        let before: Vec<_> = facts.movements.iter().filter(is_before).collect();
        if before.len() + 1 < LEAST {
            return None;
        }
        let average = average(&before)?;
        let apart = wording::percent(one.amount - average, average)?;
        if apart.abs() < UNUSUAL {
            return None;
        }
        let (compared, above) = if apart > 0 { ("higher", "over") } else { ("lower", "under") };
        Some(Found {
            key: one.guid.to_string(),
            title: format!("Bill {compared} than usual"),
            description: format!(
                "Your bill of {} from {} was {}% {above} your average of {}.",
                facts.amount(one),
                facts.counterparty(one),
                apart.abs(),
                facts.worded(average, &one.account)
            ),
            call_to_action: "View transactions",
            account: Some(one.account.clone()),
            transaction: Some(one.guid.clone()),
            categories: vec![one.category.clone()],
            merchants: one.merchant.clone().into_iter().collect(),
            transactions: before.iter().take(SHOWN).map(|other| other.guid.clone()).collect(),
            ..Found::default()
        })
    };
    facts.news().filter(|one| is_bill(one)).filter_map(tell).collect()
}

fn is_bill(one: &Movement) -> bool {
    !one.is_credit
        && one.merchant.is_some()
        && Category::from_guid(&one.category).is_some_and(|category| BILLS.contains(&category))
}

/// What an average one came to; none of none.
fn average(bills: &[&Movement]) -> Option<Money> {
    let sum: i128 = bills.iter().map(|bill| i128::from(bill.amount.units())).sum();
    let average = sum.checked_div(i128::try_from(bills.len()).ok()?)?;
    i64::try_from(average).ok().map(Money::from_units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bills: &[(&str, &str)]) -> Vec<(String, String)> {
        let bill = |facts: Facts, (day, amount): &(&str, &str)| {
            facts.with(Movement::spent(day, amount, Category::Utilities).at("Dominion Energy"))
        };
        let facts = bills.iter().fold(Facts::for_tests("2026-04-15"), bill);
        find(&facts).into_iter().map(|found| (found.title, found.description)).collect()
    }

    #[test]
    fn a_bill_apart_from_the_average_of_those_before_is_told() {
        let lower = told(&[("2026-02-10", "40.00"), ("2026-03-10", "46.86"), ("2026-04-10", "31.26")]);
        let expected = "Your bill of $31.26 from Dominion Energy was 28% under your average of $43.43.";
        assert_eq!(lower, [("Bill lower than usual".to_owned(), expected.to_owned())]);
        let higher = told(&[("2026-02-10", "40"), ("2026-03-10", "40"), ("2026-04-10", "44")]);
        assert_eq!(higher[0].0, "Bill higher than usual");
    }

    #[test]
    fn two_bills_are_no_habit_and_a_small_difference_is_usual() {
        assert_eq!(told(&[("2026-03-10", "40"), ("2026-04-10", "80")]), []);
        assert_eq!(told(&[("2026-02-10", "40"), ("2026-03-10", "40"), ("2026-04-10", "43.5")]), []);
        assert_eq!(
            told(&[("2025-12-09", "40"), ("2026-03-10", "40"), ("2026-04-10", "80")]),
            [],
            "too long ago"
        );
    }
}
