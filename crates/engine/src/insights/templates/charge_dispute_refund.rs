//! Money that came back for a charge that its user disputed.

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, deposits, wording};

/// What institutions call it.
const TEXTS: [&str; 4] = ["DISPUTE", "CHARGEBACK", "CHARGE BACK", "PROVISIONAL CREDIT"];

pub(super) static TEMPLATE: Template = Template {
    name: "ChargeDisputeRefund",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |one: &Movement| {
        let account = facts.account(&one.account)?;
        Some(Found {
            key: one.guid.to_string(),
            title: "Refund for a disputed charge".to_owned(),
            description: format!(
                "{} came back to {} on {}.",
                facts.amount(one),
                account.name(),
                wording::day(one.date)
            ),
            call_to_action: "View transaction",
            account: Some(one.account.clone()),
            transaction: Some(one.guid.clone()),
            merchants: one.merchant.clone().into_iter().collect(),
            ..Found::default()
        })
    };
    facts.news().filter(|one| one.is_credit && deposits::says(one, &TEXTS)).filter_map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::account::AccountType;

    use super::*;

    #[test]
    fn a_credit_whose_text_tells_of_a_dispute_is_told() {
        let facts = Facts::for_tests("2026-03-15")
            .with_account("Card", AccountType::CreditCard, "80")
            .with(
                Movement::earned("2026-03-10", "42", Category::ReturnedPurchase)
                    .in_account("Card")
                    .saying("Dispute credit 8812"),
            )
            .with(
                Movement::spent("2026-03-11", "42", Category::Shopping)
                    .in_account("Card")
                    .saying("DISPUTE REVERSED"),
            )
            .with(Movement::earned("2026-03-10", "42", Category::ReturnedPurchase).in_account("Card"));
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].description, "$42.00 came back to Card on March 10.");
    }
}
