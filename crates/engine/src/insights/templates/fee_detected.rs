//! A fee that was charged.

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

pub(super) static TEMPLATE: Template = Template {
    name: "FeeDetected",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |one: &Movement| Found {
        key: one.guid.to_string(),
        title: "Fee charged".to_owned(),
        description: format!(
            "A fee of {} was charged on {}: {}.",
            facts.amount(one),
            wording::day(one.date),
            one.description
        ),
        call_to_action: "View transaction",
        account: Some(one.account.clone()),
        transaction: Some(one.guid.clone()),
        categories: vec![one.category.clone()],
        ..Found::default()
    };
    facts.news().filter(|one| one.flags.is_fee).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    #[test]
    fn a_fee_is_told_and_one_that_comes_back_is_not() {
        let facts = Facts::for_tests("2026-01-15")
            .with(Movement::spent("2026-01-14", "5", Category::AtmFee))
            .with(Movement::earned("2026-01-14", "5", Category::AtmFee))
            .with(Movement::spent("2026-01-14", "5", Category::Groceries));
        let found = find(&facts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].description, "A fee of $5.00 was charged on January 14: ATM Fee.");
    }
}
