//! Wages.

use riverbank_enrich::Category;

use super::super::template::Deposit;
use super::super::{Facts, Found, Template, deposits, wording};

pub(super) static TEMPLATE: Template = deposits::template("PayrollDeposit", Deposit::Payroll, find);

fn find(facts: &Facts) -> Vec<Found> {
    deposits::tell(
        facts,
        "Paycheck received",
        |one, _| one.category == Category::Paycheck.guid(),
        |one, account| {
            let (amount, day) = (facts.amount(one), wording::day(one.date));
            format!("Your paycheck of {amount} came into {} on {day}.", account.name())
        },
    )
}

#[cfg(test)]
mod tests {
    use riverbank_model::account::AccountType;

    use super::super::super::Movement;
    use super::*;

    #[test]
    fn a_paycheck_is_told_on_its_day_and_not_before_it_is_booked() {
        let facts = Facts::for_tests("2026-03-15")
            .with_account("Checking", AccountType::Checking, "80")
            .with(Movement::earned("2026-03-15", "2210", Category::Paycheck))
            .with(Movement::earned("2026-03-15", "2210", Category::Paycheck).pending())
            .with(Movement::earned("2026-03-16", "2210", Category::Paycheck))
            .with(Movement::earned("2026-03-15", "90", Category::InterestIncome));
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].description, "Your paycheck of $2,210.00 came into Checking on March 15.");
    }
}
