//! A single deposit of much.

use riverbank_enrich::Category;
use riverbank_model::money::Money;

use super::super::template::Deposit;
use super::super::{Facts, Found, Template, deposits, wording};

/// What is much (default thresholds of the mobile app; Nexus reference, notifications).
const MUCH: Money = Money::from_units(500 * 10_i64.pow(Money::SCALE));

pub(super) static TEMPLATE: Template = deposits::template("LargeDeposit", Deposit::Large, find);

fn find(facts: &Facts) -> Vec<Found> {
    deposits::tell(
        facts,
        "Large deposit",
        |one, _| one.amount >= MUCH && one.top != Some(Category::Transfer),
        |one, account| {
            let (amount, day) = (facts.amount(one), wording::day(one.date));
            format!("{amount} from {} came into {} on {day}.", facts.counterparty(one), account.name())
        },
    )
}

#[cfg(test)]
mod tests {
    use riverbank_model::account::AccountType;
    use riverbank_model::feed::AccountFacts;

    use super::super::super::Movement;
    use super::*;

    #[test]
    fn a_deposit_of_500_and_more_that_is_no_transfer_is_told() {
        let facts = Facts::for_tests("2026-03-15")
            .with_account("Checking", AccountType::Checking, "80")
            .with_account("Card", AccountType::CreditCard, "80")
            .with(Movement::earned("2026-03-10", "500", Category::Income).at("Ada"))
            .with(Movement::earned("2026-03-10", "499.99", Category::Income))
            .with(Movement::earned("2026-03-10", "800", Category::Transfer))
            .with(Movement::earned("2026-03-10", "800", Category::ReturnedPurchase).in_account("Card"))
            .with(Movement::earned("2026-02-28", "800", Category::Income));
        let closed =
            AccountFacts { is_closed: Some(true), ..AccountFacts::new(AccountType::Loan, "Loan".to_owned()) };
        let facts = facts
            .with_facts(closed)
            .with(Movement::earned("2026-03-10", "800", Category::Income).in_account("Loan"));
        let found = find(&facts);
        assert_eq!(found.len(), 1, "what pays a debt is no deposit, even the last of it");
        assert_eq!(found[0].description, "$500.00 from Ada came into Checking on March 10.");
    }
}
