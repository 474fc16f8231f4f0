//! A check that was paid in.

use super::super::template::Deposit;
use super::super::{Facts, Found, Template, deposits, wording};

/// What institutions call a check that is paid in.
const TEXTS: [&str; 5] =
    ["CHECK DEPOSIT", "DEPOSITED CHECK", "MOBILE DEPOSIT", "REMOTE DEPOSIT", "CHEQUE DEPOSIT"];

pub(super) static TEMPLATE: Template = deposits::template("CheckDeposit", Deposit::Check, find);

fn find(facts: &Facts) -> Vec<Found> {
    deposits::tell(
        facts,
        "Check deposited",
        |one, _| one.check_number.is_some() || deposits::says(one, &TEXTS),
        |one, account| {
            let (amount, day) = (facts.amount(one), wording::day(one.date));
            format!("A check of {amount} was paid into {} on {day}.", account.name())
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
    fn a_check_is_known_by_its_number_or_its_text() {
        let paid_in = || Movement::earned("2026-03-10", "75", Category::Check);
        let numbered = Movement { check_number: Some("1021".to_owned()), ..paid_in() };
        for (movement, told) in [
            (numbered, true),
            (paid_in().saying("Mobile Deposit REF 12"), true),
            (paid_in().saying("ZELLE FROM ADA"), false),
        ] {
            let facts = Facts::for_tests("2026-03-15")
                .with_account("Checking", AccountType::Checking, "80")
                .with(movement);
            let told_of: Vec<_> = find(&facts).into_iter().map(|found| found.description).collect();
            let expected = "A check of $75.00 was paid into Checking on March 10.";
            assert_eq!(told_of.first().map(String::as_str), told.then_some(expected));
        }
    }
}
