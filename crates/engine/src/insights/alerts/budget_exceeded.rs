//! A budget of which more is spent than it allows.

use riverbank_model::money::Money;
use riverbank_model::notification::NotificationType;

use super::super::{Facts, wording};
use super::{Alarm, Alert};
use crate::budgets::BudgetView;

pub(super) static ALERT: Alert = Alert { notification_type: NotificationType::BudgetExceeded, find };

fn find(facts: &Facts, _: Money) -> Vec<Alarm> {
    let is_told = |(view, _): &(&BudgetView, &str)| view.is_exceeded();
    let tell = |(view, name): (&BudgetView, &str)| {
        let subject = format!(
            "You have spent {} of your {} budget for {name}: {} too much.",
            wording::dollars(view.transaction_total),
            wording::dollars(view.budget.amount),
            wording::dollars(view.transaction_total - view.budget.amount),
        );
        Alarm::of_budget(facts, view, subject)
    };
    facts.limits().filter(is_told).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    #[test]
    fn a_budget_is_told_that_is_passed_but_not_one_of_income() {
        let facts = Facts::for_tests("2026-04-10")
            .with_budget(Category::FoodAndDining, ["316", "325.67", "2236.07"])
            .with_budget(Category::Shopping, ["100", "100", "300"])
            .with_budget(Category::Income, ["100", "2000", "2000"]);
        let found = find(&facts, Money::ZERO);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].subject,
            "You have spent $325.67 of your $316.00 budget for Food & Dining: $9.67 too much."
        );
        assert_eq!((found[0].key.as_str(), found[0].entity.as_str()), ("BGT-0/2026-04-01", "BGT-0"));
    }
}
