//! The templates: one file is one insight, with its tests. A new one is a file and a line of [`TEMPLATES`]; how to write one
//! stands in `docs/insights.md`.

mod bill_amount_not_standard;
mod budget_off_track;
mod category_budget;
mod category_spending;
mod celebrate_credit_card_payoff;
mod charge_dispute_refund;
mod check_deposit;
mod cost_of_living_to_income;
mod credit_card_close_to_limit;
mod credit_card_interest_summary;
mod credit_utilization;
mod debt_payment_reminder;
mod deposit_529;
mod duplicate_payment;
mod emergency_savings_milestone_reached;
mod fee_detected;
mod government_deposit;
mod hsa_deposit;
mod large_deposit;
mod large_transactions;
pub(super) mod low_account_balances;
mod micro_deposit;
mod monthly_category_total;
mod monthly_spend_to_income_comparison;
mod overdraft_warning;
mod payroll_deposit;
mod savings_account_deposit;
mod subscription_detected;
mod subscription_price_increase;
mod tax_deposit;
mod upcoming_bill;
mod weekly_small_purchases_summary;
mod withdrawal_529;

use std::collections::BTreeMap;

use super::{Facts, Found, Template};

/// All templates.
pub(super) static TEMPLATES: &[&Template] = &[
    &bill_amount_not_standard::TEMPLATE,
    &budget_off_track::TEMPLATE,
    &category_budget::TEMPLATE,
    &category_spending::TEMPLATE,
    &celebrate_credit_card_payoff::TEMPLATE,
    &charge_dispute_refund::TEMPLATE,
    &check_deposit::TEMPLATE,
    &cost_of_living_to_income::TEMPLATE,
    &credit_card_close_to_limit::TEMPLATE,
    &credit_card_interest_summary::TEMPLATE,
    &credit_utilization::TEMPLATE,
    &debt_payment_reminder::TEMPLATE,
    &deposit_529::TEMPLATE,
    &duplicate_payment::TEMPLATE,
    &emergency_savings_milestone_reached::TEMPLATE,
    &fee_detected::TEMPLATE,
    &government_deposit::TEMPLATE,
    &hsa_deposit::TEMPLATE,
    &large_deposit::TEMPLATE,
    &large_transactions::TEMPLATE,
    &low_account_balances::TEMPLATE,
    &micro_deposit::TEMPLATE,
    &monthly_category_total::TEMPLATE,
    &monthly_spend_to_income_comparison::TEMPLATE,
    &overdraft_warning::TEMPLATE,
    &payroll_deposit::TEMPLATE,
    &savings_account_deposit::TEMPLATE,
    &subscription_detected::TEMPLATE,
    &subscription_price_increase::TEMPLATE,
    &tax_deposit::TEMPLATE,
    &upcoming_bill::TEMPLATE,
    &weekly_small_purchases_summary::TEMPLATE,
    &withdrawal_529::TEMPLATE,
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
