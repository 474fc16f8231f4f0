//! How much of a budget is spent, in steps.

use riverbank_enrich::Category;
use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Relevance, Template, wording};
use crate::budgets::BudgetView;

/// From how many per cent on which step is reached (Nexus reference, insights: 25-49, 50-74, 75-100, over 100).
const STEPS: [i64; 3] = [75, 50, 25];

pub(super) static TEMPLATE: Template = Template {
    name: "CategoryBudget",
    looks: Looks::AtChanges,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |view: &BudgetView| {
        let category = &view.budget.category_guid;
        if *category == Category::Income.guid() {
            return None;
        }
        let (spent, amount) = (view.transaction_total, view.budget.amount);
        let share = wording::percent(spent, amount);
        let step = if view.is_exceeded() {
            "over".to_owned()
        } else {
            let share = share.filter(|_| is_ahead(facts, spent, amount))?;
            STEPS.iter().find(|step| share >= **step)?.to_string()
        };
        let name = facts.category_name(category)?;
        let (spent, amount) = (wording::dollars(spent), wording::dollars(amount));
        let description = match share {
            Some(share) => {
                format!("You have spent {spent} of your {name} budget of {amount}, {share}% of it.")
            }
            None => format!("You have spent {spent} of your {name} budget of {amount}."),
        };
        Some(Found {
            key: format!("{}/{}/{step}", view.budget.guid, facts.month_before(0)),
            title: name.to_owned(),
            description,
            call_to_action: "View budget",
            categories: vec![category.clone()],
            relevant_through: Some(facts.today.last_of_month()),
            ..Found::default()
        })
    };
    facts.budgets.iter().filter_map(tell).collect()
}

/// Whether more of the budget is gone than of the month.
fn is_ahead(facts: &Facts, spent: Money, amount: Money) -> bool {
    let (day, days) = (i128::from(facts.today.day()), i128::from(facts.today.days_in_month()));
    i128::from(spent.units()) * days > i128::from(amount.units()) * day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(today: &str, amount: &str, spent: &str) -> Vec<(String, String)> {
        let facts = Facts::for_tests(today).with_budget(Category::FoodAndDining, [amount, spent, spent]);
        find(&facts).into_iter().map(|found| (found.key, found.description)).collect()
    }

    fn step(today: &str, amount: &str, spent: &str) -> Option<String> {
        let told = told(today, amount, spent);
        told.first().and_then(|(key, _)| key.rsplit('/').next()).map(str::to_owned)
    }

    #[test]
    fn each_step_is_told_once_a_month_if_the_budget_goes_faster_than_the_month() {
        for (spent, expected) in [
            ("24", None),
            ("25", Some("25")),
            ("49", Some("25")),
            ("50", Some("50")),
            ("75", Some("75")),
            ("100", Some("75")),
            ("100.01", Some("over")),
        ] {
            assert_eq!(step("2026-01-01", "100", spent).as_deref(), expected, "{spent}");
        }
        assert_eq!(step("2026-01-31", "100", "99"), None, "the month is gone as well");
        assert_eq!(step("2026-01-31", "100", "101").as_deref(), Some("over"));
        assert_eq!(step("2026-01-15", "0", "1").as_deref(), Some("over"));
        assert_eq!(
            told("2026-01-10", "100", "60"),
            [(
                "BGT-0/2026-01-01/50".to_owned(),
                "You have spent $60.00 of your Food & Dining budget of $100.00, 60% of it.".to_owned()
            )]
        );
    }

    #[test]
    fn what_is_earned_is_no_budget_to_keep() {
        let facts = Facts::for_tests("2026-01-02").with_budget(Category::Income, ["100", "90", "200"]);
        assert_eq!(find(&facts), []);
    }
}
