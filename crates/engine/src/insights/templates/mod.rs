//! The templates: one file is one insight, with its tests. A new one is a file and a line of [`TEMPLATES`]; how to write one
//! stands in `docs/insights.md`.

mod bill_amount_not_standard;
mod budget_off_track;
mod category_budget;
mod celebrate_credit_card_payoff;
mod credit_card_close_to_limit;
mod credit_utilization;
mod debt_payment_reminder;
mod duplicate_payment;
mod fee_detected;
mod large_transactions;
pub(super) mod low_account_balances;
mod monthly_category_total;
mod overdraft_warning;
mod subscription_detected;
mod subscription_price_increase;
mod upcoming_bill;

use std::collections::BTreeMap;

use super::{Facts, Found, Template};

/// All templates.
pub(super) static TEMPLATES: [&Template; 16] = [
    &bill_amount_not_standard::TEMPLATE,
    &budget_off_track::TEMPLATE,
    &category_budget::TEMPLATE,
    &celebrate_credit_card_payoff::TEMPLATE,
    &credit_card_close_to_limit::TEMPLATE,
    &credit_utilization::TEMPLATE,
    &debt_payment_reminder::TEMPLATE,
    &duplicate_payment::TEMPLATE,
    &fee_detected::TEMPLATE,
    &large_transactions::TEMPLATE,
    &low_account_balances::TEMPLATE,
    &monthly_category_total::TEMPLATE,
    &overdraft_warning::TEMPLATE,
    &subscription_detected::TEMPLATE,
    &subscription_price_increase::TEMPLATE,
    &upcoming_bill::TEMPLATE,
];

/// What all templates that look now find, of those about a deposit only the first by rank.
pub(super) fn find(facts: &Facts, is_morning: bool) -> Vec<(&'static Template, Found)> {
    let looking = TEMPLATES.iter().copied().filter(|template| template.looks(is_morning));
    first_by_rank(
        looking.flat_map(|template| (template.find)(facts).into_iter().map(move |found| (template, found))),
    )
}

/// The template with this name.
pub(super) fn named(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().copied().find(|template| template.name == name)
}

fn first_by_rank(all: impl Iterator<Item = (&'static Template, Found)>) -> Vec<(&'static Template, Found)> {
    let all: Vec<_> = all.collect();
    let ranked =
        all.iter().filter_map(|(template, found)| Some((found.transaction.clone()?, template.deposit?)));
    let mut first = BTreeMap::new();
    for (transaction, rank) in ranked {
        let first = first.entry(transaction).or_insert(rank);
        *first = rank.min(*first);
    }
    let is_first = |(template, found): &(&Template, Found)| match (&found.transaction, template.deposit) {
        (Some(transaction), Some(rank)) => first.get(transaction) == Some(&rank),
        _ => true,
    };
    all.into_iter().filter(is_first).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use riverbank_model::guid::{Guid as _, TransactionGuid};

    use super::super::template::Deposit;
    use super::super::{Looks, Relevance};
    use super::*;

    const fn about_deposits(name: &'static str, rank: Deposit) -> Template {
        Template {
            name,
            looks: Looks::AtChanges,
            relevance: Relevance::Lasting,
            deposit: Some(rank),
            find: |_| Vec::new(),
        }
    }

    static LARGE: Template = about_deposits("Large", Deposit::Large);
    static PAYROLL: Template = about_deposits("Payroll", Deposit::Payroll);

    #[test]
    fn only_the_first_by_rank_tells_of_a_deposit() {
        let of = |number: i64| Found {
            key: number.to_string(),
            transaction: Some(TransactionGuid::trusted(format!("TRN-{number}"))),
            ..Found::default()
        };
        let all = [(&LARGE, of(1)), (&PAYROLL, of(1)), (&LARGE, of(2)), (&fee_detected::TEMPLATE, of(1))];
        let told: Vec<_> = first_by_rank(all.into_iter())
            .into_iter()
            .map(|(template, found)| (template.name, found.key))
            .collect();
        let expected = [("Payroll", "1"), ("Large", "2"), ("FeeDetected", "1")];
        assert_eq!(told, expected.map(|(name, key)| (name, key.to_owned())));
        assert_eq!(LARGE.digest(&of(1)), PAYROLL.digest(&of(1)), "a deposit has one card for good");
        assert_ne!(LARGE.digest(&of(1)), LARGE.digest(&of(2)));
    }

    #[test]
    fn each_template_has_a_name_of_its_own_and_a_line_in_the_guide() {
        let names: BTreeSet<_> = TEMPLATES.iter().map(|template| template.name).collect();
        assert_eq!(names.len(), TEMPLATES.len());
        let guide = include_str!("../../../../../docs/insights.md");
        for name in names {
            assert!(guide.contains(&format!("\n| `{name}` | ")), "docs/insights.md has no line of {name}");
        }
    }
}
