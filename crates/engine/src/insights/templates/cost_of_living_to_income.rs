//! What living costs, beside what is earned.

use riverbank_enrich::Category;
use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Relevance, Template, wording};

/// What living takes: five categories at the top (Nexus reference, insights, which does not name them).
const LIVING: [Category; 5] = [
    Category::AutoAndTransport,
    Category::BillsAndUtilities,
    Category::FoodAndDining,
    Category::HealthAndFitness,
    Category::Home,
];
/// The share of what is earned that it may take, in per cent, by a rule of thumb (half for needs).
const MOST: i64 = 50;
/// Until this day of the month the one before is told of.
const LAST_DAY: i8 = 7;

pub(super) static TEMPLATE: Template = Template {
    name: "CostOfLivingToIncome",
    looks: Looks::InTheMorning,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    if facts.today.day() > LAST_DAY {
        return Vec::new();
    }
    let Some(last) = facts.months.get(1) else { return Vec::new() };
    let living = last.spent().into_iter().filter(|(top, _)| LIVING.contains(top));
    let living: Money = living.map(|(_, spent)| spent).sum();
    let share = wording::percent(living, last.earned());
    let Some(share) = share.filter(|share| *share > MOST) else { return Vec::new() };
    let month = facts.month_before(1);
    vec![Found {
        key: month.to_string(),
        title: format!("Living took {share}% of your income"),
        description: format!(
            "In {} {} of the {} that you earned went to home, food, transport, bills and health.",
            wording::month(month),
            wording::dollars(living),
            wording::dollars(last.earned())
        ),
        call_to_action: "View spending",
        categories: LIVING.map(Category::guid).to_vec(),
        relevant_through: Some(facts.today.last_of_month()),
        ..Found::default()
    }]
}

#[cfg(test)]
mod tests {
    use super::super::super::Movement;
    use super::*;

    #[test]
    fn more_than_half_of_what_was_earned_is_told() {
        let facts = |today: &str, rent: &str| {
            Facts::for_tests(today)
                .with(Movement::earned("2026-02-27", "2000", Category::Paycheck))
                .with(Movement::spent("2026-02-01", rent, Category::MortgageAndRent))
                .with(Movement::spent("2026-02-10", "100", Category::Groceries))
                .with(Movement::spent("2026-02-10", "800", Category::Clothing))
        };
        assert_eq!(find(&facts("2026-03-01", "900")), [], "50 %");
        let found = find(&facts("2026-03-01", "1000"));
        assert_eq!(found[0].title, "Living took 55% of your income");
        assert_eq!(
            found[0].description,
            "In February $1,100.00 of the $2,000.00 that you earned went to home, food, transport, bills and health."
        );
        assert_eq!(find(&facts("2026-03-08", "1000")), []);
    }
}
