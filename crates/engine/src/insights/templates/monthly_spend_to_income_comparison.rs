//! What was spent in the last month, beside what was earned.

use std::cmp::Ordering;

use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Relevance, Template, wording};

/// Until this day of the month the one before is told of.
const LAST_DAY: i8 = 7;

pub(super) static TEMPLATE: Template = Template {
    name: "MonthlySpendToIncomeComparison",
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
    let (earned, spent) = (last.earned(), last.spent().into_iter().map(|(_, spent)| spent).sum::<Money>());
    if earned == Money::ZERO || spent == Money::ZERO {
        return Vec::new();
    }
    let month = facts.month_before(1);
    let apart = wording::dollars((earned - spent).abs());
    let title = match spent.cmp(&earned) {
        Ordering::Greater => format!("You spent {apart} more than you earned"),
        Ordering::Less => format!("You spent {apart} less than you earned"),
        Ordering::Equal => "You spent what you earned".to_owned(),
    };
    vec![Found {
        key: month.to_string(),
        title,
        description: format!(
            "In {} you earned {} and spent {}.",
            wording::month(month),
            wording::dollars(earned),
            wording::dollars(spent)
        ),
        call_to_action: "View spending",
        relevant_through: Some(facts.today.last_of_month()),
        ..Found::default()
    }]
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::super::super::Movement;
    use super::*;

    #[test]
    fn the_last_month_is_told_in_the_first_days_of_the_next() {
        let facts = |today: &str, spent: &str| {
            Facts::for_tests(today)
                .with(Movement::earned("2026-02-27", "2000", Category::Paycheck))
                .with(Movement::spent("2026-02-28", spent, Category::MortgageAndRent))
                .with(Movement::spent("2026-03-01", "900", Category::MortgageAndRent))
                .with(Movement::spent("2026-02-28", "900", Category::CreditCardPayment))
        };
        for (spent, title) in [
            ("1500", "You spent $500.00 less than you earned"),
            ("2000", "You spent what you earned"),
            ("2000.5", "You spent $0.50 more than you earned"),
        ] {
            assert_eq!(find(&facts("2026-03-07", spent))[0].title, title);
        }
        assert_eq!(
            find(&facts("2026-03-01", "1500"))[0].description,
            "In February you earned $2,000.00 and spent $1,500.00."
        );
        assert_eq!(find(&facts("2026-03-08", "1500")), []);
        let without_income =
            Facts::for_tests("2026-03-01").with(Movement::spent("2026-02-27", "5", Category::Gas));
        assert_eq!(find(&without_income), []);
    }
}
