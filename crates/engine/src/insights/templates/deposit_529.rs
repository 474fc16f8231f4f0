//! Money for a 529 plan.

use riverbank_model::money::Money;

use super::super::template::Deposit;
use super::super::{Facts, Found, Template, deposits, wording};

/// Deposits above this are told of (Nexus reference, insights).
const LEAST: Money = Money::from_units(10 * 10_i64.pow(Money::SCALE));

pub(super) static TEMPLATE: Template = deposits::template("Deposit529", Deposit::Plan529, find);

fn find(facts: &Facts) -> Vec<Found> {
    deposits::tell(
        facts,
        "529 deposit received",
        |one, account| account.is_529() && one.amount > LEAST,
        |one, account| {
            let (amount, day) = (facts.amount(one), wording::day(one.date));
            format!("{amount} came into {} on {day}.", account.name())
        },
    )
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::account::AccountSubtype;

    use super::super::super::Movement;
    use super::*;

    #[test]
    fn a_plan_is_known_by_its_kind_or_its_name_unless_it_is_prepaid() {
        for (name, kind, amount, told) in [
            ("College", AccountSubtype::Plan529, "10.01", true),
            ("College", AccountSubtype::Plan529, "10", false),
            ("My 529 fund", AccountSubtype::Brokerage, "50", true),
            ("529Plan", AccountSubtype::Brokerage, "50", true),
            ("Fund (529)", AccountSubtype::Brokerage, "50", true),
            ("Utah 529-1", AccountSubtype::Brokerage, "50", true),
            ("Account 15290", AccountSubtype::Brokerage, "50", false),
            ("Prepaid 529 Plan", AccountSubtype::Plan529, "50", false),
        ] {
            let facts = Facts::for_tests("2026-03-15")
                .with_investment(name, kind)
                .with(Movement::earned("2026-03-10", amount, Category::Transfer).in_account(name));
            let told_of: Vec<_> = find(&facts).into_iter().map(|found| found.description).collect();
            let money = facts.worded(amount.parse().unwrap(), &facts.accounts[0].guid);
            let expected = told.then(|| format!("{money} came into {name} on March 10."));
            assert_eq!(told_of.first(), expected.as_ref(), "{name} {amount}");
        }
    }
}
