//! What small purchases came to in the last week.

use jiff::Span;
use jiff::civil::Weekday;
use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

/// What is small.
const SMALL: Money = Money::from_units(10 * 10_i64.pow(Money::SCALE));
/// Fewer are not worth a word.
const LEAST: usize = 5;
/// Days after a week, which ends on a Sunday, in which it is told of.
const DAYS: i8 = 3;

pub(super) static TEMPLATE: Template = Template {
    name: "WeeklySmallPurchasesSummary",
    looks: Looks::InTheMorning,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let since_monday = facts.today.weekday().since(Weekday::Monday);
    if since_monday >= DAYS {
        return Vec::new();
    }
    let monday = facts.today.saturating_sub(Span::new().days(since_monday + 7));
    let sunday = monday.saturating_add(Span::new().days(6));
    let is_small = |one: &&Movement| {
        one.is_posted
            && one.flags.is_expense
            && !one.flags.is_fee
            && one.amount < SMALL
            && one.date >= monday
            && one.date <= sunday
    };
    let small: Vec<_> = facts.movements.iter().filter(is_small).collect();
    if small.len() < LEAST {
        return Vec::new();
    }
    let sum: Money = small.iter().map(|one| one.amount).sum();
    vec![Found {
        key: monday.to_string(),
        title: "Small purchases add up".to_owned(),
        description: format!(
            "From {} to {} you made {} purchases below {}, {} in all.",
            wording::day(monday),
            wording::day(sunday),
            small.len(),
            wording::dollars(SMALL),
            wording::dollars(sum)
        ),
        call_to_action: "View transactions",
        transactions: small.into_iter().map(|one| one.guid.clone()).collect(),
        relevant_through: Some(sunday.saturating_add(Span::new().days(7))),
        ..Found::default()
    }]
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    /// With a coffee on each of so many days from Monday, March 2, 2026.
    fn facts(today: &str, coffees: i8) -> Facts {
        let coffee = |day: i8| Movement::spent(&format!("2026-03-{day:02}"), "4.5", Category::CoffeeShops);
        let dear = Movement::spent("2026-03-03", "10", Category::CoffeeShops);
        (2..2 + coffees).map(coffee).fold(Facts::for_tests(today).with(dear), Facts::with)
    }

    #[test]
    fn five_purchases_below_10_in_a_week_are_told_in_the_first_days_of_the_next() {
        for today in ["2026-03-09", "2026-03-11"] {
            let found = find(&facts(today, 6));
            assert_eq!(
                found[0].description,
                "From March 2 to March 8 you made 6 purchases below $10.00, $27.00 in all."
            );
            assert_eq!((found[0].key.as_str(), found[0].transactions.len()), ("2026-03-02", 6));
        }
        assert_eq!(find(&facts("2026-03-09", 4)), []);
        assert_eq!(find(&facts("2026-03-12", 6)), []);
        assert_eq!(find(&facts("2026-03-08", 6)), []);
    }
}
