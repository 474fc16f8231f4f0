//! A budget that will not do for the month.

use super::super::{Facts, Found, Looks, Relevance, Template, wording};
use crate::budgets::BudgetView;

pub(super) static TEMPLATE: Template = Template {
    name: "BudgetOffTrack",
    looks: Looks::AtChanges,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let is_told = |(view, _): &(&BudgetView, &str)| view.is_off_track() && !view.is_exceeded();
    let tell = |(view, name): (&BudgetView, &str)| {
        let over = view.projected_spending - view.budget.amount;
        Found {
            key: format!("{}/{}", view.budget.guid, facts.month_before(0)),
            title: format!("{name} may go over budget"),
            description: format!(
                "By the end of {} you may spend {} on {name}, {} more than your budget of {}.",
                wording::month(facts.today),
                wording::dollars(view.projected_spending),
                wording::dollars(over),
                wording::dollars(view.budget.amount)
            ),
            call_to_action: "View budget",
            categories: vec![view.budget.category_guid.clone()],
            relevant_through: Some(facts.today.last_of_month()),
            ..Found::default()
        }
    };
    facts.limits().filter(is_told).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    #[test]
    fn a_budget_is_told_that_will_be_passed_and_is_not_yet() {
        let facts = Facts::for_tests("2026-04-10")
            .with_budget(Category::FoodAndDining, ["316", "65.67", "2236.07"])
            .with_budget(Category::Shopping, ["100", "65.67", "100"])
            .with_budget(Category::Travel, ["100", "100.01", "300"])
            .with_budget(Category::Income, ["100", "65.67", "300"]);
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].description,
            "By the end of April you may spend $2,236.07 on Food & Dining, $1,920.07 more than your budget of $316.00."
        );
        assert_eq!(found[0].key, "BGT-0/2026-04-01");
    }
}
