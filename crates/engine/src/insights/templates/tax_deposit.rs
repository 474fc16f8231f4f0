//! Taxes that were paid back.

use riverbank_enrich::Category;

use super::super::template::Deposit;
use super::super::{Facts, Found, Template, deposits, wording};

pub(super) static TEMPLATE: Template = deposits::template("TaxDeposit", Deposit::Tax, find);

fn find(facts: &Facts) -> Vec<Found> {
    deposits::tell(
        facts,
        "Tax refund received",
        |one, _| one.top == Some(Category::Taxes),
        |one, account| {
            let (amount, day) = (facts.amount(one), wording::day(one.date));
            format!("A tax refund of {amount} came into {} on {day}.", account.name())
        },
    )
}

#[cfg(test)]
mod tests {
    use riverbank_model::account::AccountType;

    use super::super::super::Movement;
    use super::*;

    #[test]
    fn money_that_comes_in_under_taxes_is_a_refund() {
        let facts = Facts::for_tests("2026-03-15")
            .with_account("Checking", AccountType::Checking, "80")
            .with(Movement::earned("2026-03-10", "812.4", Category::FederalTax))
            .with(Movement::spent("2026-03-10", "300", Category::StateTax))
            .with(Movement::earned("2026-03-10", "900", Category::Paycheck));
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].description, "A tax refund of $812.40 came into Checking on March 10.");
    }
}
