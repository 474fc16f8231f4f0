//! Money that was put aside.

use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::template::Deposit;
use super::super::{Facts, Found, Template, deposits, wording};

/// Less is interest or rounding, and is not told of.
const LEAST: Money = Money::from_units(10 * 10_i64.pow(Money::SCALE));

pub(super) static TEMPLATE: Template = deposits::template("SavingsAccountDeposit", Deposit::Savings, find);

fn find(facts: &Facts) -> Vec<Found> {
    deposits::tell(
        facts,
        "You saved money",
        |one, account| account.facts.account_type == AccountType::Savings && one.amount > LEAST,
        |one, account| {
            let (amount, day) = (facts.amount(one), wording::day(one.date));
            format!("You put {amount} into {} on {day}.", account.name())
        },
    )
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::super::super::Movement;
    use super::*;

    #[test]
    fn more_than_10_that_comes_into_savings_is_told() {
        let facts = Facts::for_tests("2026-03-15")
            .with_account("Checking", AccountType::Checking, "80")
            .with_account("Nest", AccountType::Savings, "80")
            .with(Movement::earned("2026-03-10", "50", Category::Transfer).in_account("Nest"))
            .with(Movement::earned("2026-03-10", "10", Category::InterestIncome).in_account("Nest"))
            .with(Movement::spent("2026-03-10", "50", Category::Transfer).in_account("Nest"))
            .with(Movement::earned("2026-03-10", "50", Category::Transfer));
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].description, "You put $50.00 into Nest on March 10.");
    }
}
