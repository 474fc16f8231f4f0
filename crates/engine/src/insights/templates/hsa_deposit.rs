//! Money for a health savings account.

use riverbank_model::account::AccountSubtype;

use super::super::template::Deposit;
use super::super::{Account, Facts, Found, Template, deposits, wording};

pub(super) static TEMPLATE: Template = deposits::template("HsaDeposit", Deposit::Hsa, find);

fn find(facts: &Facts) -> Vec<Found> {
    deposits::tell(
        facts,
        "HSA deposit received",
        |_, account| is_hsa(account),
        |one, account| {
            let (amount, day) = (facts.amount(one), wording::day(one.date));
            format!("{amount} came into {} on {day}.", account.name())
        },
    )
}

fn is_hsa(account: &Account) -> bool {
    let is_called_so = || account.name().split(|c: char| !c.is_alphanumeric()).any(|word| word == "HSA");
    account.facts.account_subtype == Some(AccountSubtype::Hsa) || is_called_so()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::super::super::Movement;
    use super::*;

    #[test]
    fn a_health_savings_account_is_known_by_its_kind_or_its_name() {
        for (name, kind, told) in [
            ("Health", AccountSubtype::Hsa, true),
            ("My HSA", AccountSubtype::Brokerage, true),
            ("HSAVINGS", AccountSubtype::Brokerage, false),
        ] {
            let facts = Facts::for_tests("2026-03-15")
                .with_investment(name, kind)
                .with(Movement::earned("2026-03-10", "150", Category::Transfer).in_account(name))
                .with(Movement::spent("2026-03-11", "20", Category::Doctor).in_account(name));
            let found = find(&facts);
            assert_eq!(found.len(), usize::from(told), "{name}");
            if let [found] = found.as_slice() {
                assert_eq!(found.description, format!("$150.00 came into {name} on March 10."));
            }
        }
    }
}
