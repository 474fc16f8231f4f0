//! Money that was taken out of a 529 plan.

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

pub(super) static TEMPLATE: Template = Template {
    name: "Withdrawal529",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |one: &Movement| {
        let account = facts.account(&one.account).filter(|account| account.is_529() && !one.is_credit)?;
        Some(Found {
            key: one.guid.to_string(),
            title: "529 withdrawal".to_owned(),
            description: format!(
                "{} was taken out of {} on {}.",
                facts.amount(one),
                account.name(),
                wording::day(one.date)
            ),
            call_to_action: "View transaction",
            account: Some(one.account.clone()),
            transaction: Some(one.guid.clone()),
            ..Found::default()
        })
    };
    facts.news().filter_map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::account::{AccountSubtype, AccountType};

    use super::*;

    #[test]
    fn what_leaves_a_plan_is_told_and_what_leaves_another_account_is_not() {
        let facts = Facts::for_tests("2026-03-15")
            .with_investment("College", AccountSubtype::Plan529)
            .with_account("Checking", AccountType::Checking, "80")
            .with(Movement::spent("2026-03-10", "5", Category::Tuition).in_account("College"))
            .with(Movement::earned("2026-03-10", "50", Category::Transfer).in_account("College"))
            .with(Movement::spent("2026-03-10", "5", Category::Tuition));
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].description, "$5.00 was taken out of College on March 10.");
    }
}
