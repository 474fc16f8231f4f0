//! Benefits that a government pays.

use super::super::template::Deposit;
use super::super::{Facts, Found, Template, deposits, wording};

/// What payers of benefits in the United States and Canada call their payments.
const PAYERS: [&str; 10] = [
    "SSA TREAS",
    "SSI TREAS",
    "SOC SEC",
    "SOCIAL SECURITY",
    "VACP TREAS",
    "VA BENEFIT",
    "UNEMPLOYMENT",
    "UI BENEFIT",
    "CHILDCTC",
    "CANADA CCB",
];

pub(super) static TEMPLATE: Template = deposits::template("GovernmentDeposit", Deposit::Government, find);

fn find(facts: &Facts) -> Vec<Found> {
    deposits::tell(
        facts,
        "Government payment received",
        |one, _| deposits::says(one, &PAYERS),
        |one, account| {
            let (amount, day) = (facts.amount(one), wording::day(one.date));
            format!(
                "A payment of {amount} from {} came into {} on {day}.",
                facts.counterparty(one),
                account.name()
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::account::AccountType;

    use super::super::super::Movement;
    use super::*;

    #[test]
    fn a_payer_of_benefits_is_known_by_the_raw_text() {
        let says = |text: &str| {
            Movement::earned("2026-03-10", "1204", Category::Income).at("Social Security").saying(text)
        };
        let facts = |movement| {
            Facts::for_tests("2026-03-15")
                .with_account("Checking", AccountType::Checking, "80")
                .with(movement)
        };
        let found = find(&facts(says("SSA TREAS 310 XXSOC SEC PPD")));
        assert_eq!(
            found[0].description,
            "A payment of $1,204.00 from Social Security came into Checking on March 10."
        );
        assert_eq!(find(&facts(says("ACME PAYROLL"))), []);
    }
}
