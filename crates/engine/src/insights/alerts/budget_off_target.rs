//! A budget that will not do for the month.

use riverbank_model::money::Money;
use riverbank_model::notification::NotificationType;

use super::super::{Facts, wording};
use super::{Alarm, Alert};
use crate::budgets::BudgetView;

pub(super) static ALERT: Alert = Alert { notification_type: NotificationType::BudgetOffTarget, find };

fn find(facts: &Facts, _: Money) -> Vec<Alarm> {
    let is_told = |(view, _): &(&BudgetView, &str)| view.is_off_track() && !view.is_exceeded();
    let tell = |(view, name): (&BudgetView, &str)| {
        let subject = format!(
            "You are projected to go over your {name} budget by {}: {} of {} is spent so far.",
            wording::dollars(view.projected_spending - view.budget.amount),
            wording::dollars(view.transaction_total),
            wording::dollars(view.budget.amount),
        );
        Alarm::of_budget(facts, view, subject)
    };
    facts.limits().filter(is_told).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    /// The figures of the reference's sample (notification object).
    #[test]
    fn a_budget_is_told_that_will_be_passed_and_is_not_yet() {
        let facts = Facts::for_tests("2022-04-01")
            .with_budget(Category::FoodAndDining, ["316", "65.67", "2236.07"])
            .with_budget(Category::Shopping, ["100", "65.67", "100"])
            .with_budget(Category::Travel, ["100", "100.01", "300"])
            .with_budget(Category::Income, ["100", "65.67", "300"]);
        let found = find(&facts, Money::ZERO);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].subject,
            "You are projected to go over your Food & Dining budget by $1,920.07: $65.67 of $316.00 is spent so far."
        );
    }
}
