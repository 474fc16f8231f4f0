//! What the last month came to under the categories at the top.

use riverbank_enrich::Category;
use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Relevance, Template, wording};

/// Until this day of the month the one before is told of.
const LAST_DAY: i8 = 7;
/// Categories that are told of: those under which most was spent.
const MOST: usize = 3;

pub(super) static TEMPLATE: Template = Template {
    name: "MonthlyCategoryTotal",
    looks: Looks::InTheMorning,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    if facts.today.day() > LAST_DAY {
        return Vec::new();
    }
    let [_, last, before, ..] = facts.months.as_slice() else { return Vec::new() };
    let (month, earlier) = (facts.month_before(1), wording::month(facts.month_before(2)));
    let tell = |(top, spent): (Category, Money)| {
        let than = spent + before.came_in(&top.guid());
        let compared = match than {
            Money::ZERO => format!("as much as in {earlier}"),
            more if more > Money::ZERO => format!("{} more than in {earlier}", wording::dollars(more)),
            less => format!("{} less than in {earlier}", wording::dollars(less.abs())),
        };
        Found {
            key: format!("{}/{month}", top.guid()),
            title: format!("{} in {}", top.name(), wording::month(month)),
            description: format!(
                "You spent {} on {} in {}, {compared}.",
                wording::dollars(spent),
                top.name(),
                wording::month(month)
            ),
            call_to_action: "View transactions",
            categories: vec![top.guid()],
            relevant_through: Some(facts.today.last_of_month()),
            ..Found::default()
        }
    };
    last.spent().into_iter().take(MOST).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::Movement;
    use super::*;

    fn facts(today: &str) -> Facts {
        Facts::for_tests(today)
            .with(Movement::spent("2026-01-02", "7", Category::Groceries))
            .with(Movement::spent("2025-12-31", "300", Category::Groceries))
            .with(Movement::spent("2025-12-01", "112.5", Category::Restaurants))
            .with(Movement::spent("2025-12-10", "80", Category::Clothing))
            .with(Movement::spent("2025-12-10", "60", Category::Gas))
            .with(Movement::spent("2025-12-10", "10", Category::Hotel))
            .with(Movement::spent("2025-12-10", "4000", Category::CreditCardPayment))
            .with(Movement::spent("2025-11-10", "450", Category::Groceries))
            .with(Movement::spent("2025-11-10", "60", Category::Gas))
    }

    #[test]
    fn the_three_largest_categories_of_the_last_month_are_told_beside_the_month_before() {
        let told: Vec<_> = find(&facts("2026-01-07")).into_iter().map(|found| found.description).collect();
        assert_eq!(
            told,
            [
                "You spent $412.50 on Food & Dining in December, $37.50 less than in November.",
                "You spent $80.00 on Shopping in December, $80.00 more than in November.",
                "You spent $60.00 on Auto & Transport in December, as much as in November.",
            ]
        );
    }

    #[test]
    fn later_in_the_month_nothing_is_told() {
        assert_eq!(find(&facts("2026-01-08")), []);
        assert_eq!(find(&Facts::for_tests("2026-01-01")), []);
    }
}
