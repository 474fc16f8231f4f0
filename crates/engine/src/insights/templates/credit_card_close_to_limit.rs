//! A credit card that is almost used up.

use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::{Account, Facts, Found, Looks, Relevance, Template, wording};

/// From how many per cent of its limit on a card is close to it (Nexus reference, insights).
const CLOSE: i64 = 75;

pub(super) static TEMPLATE: Template = Template {
    name: "CreditCardCloseToLimit",
    looks: Looks::AtChanges,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |account: &Account| {
        let limit = account.facts.credit_limit.filter(|limit| *limit > Money::ZERO)?;
        let owed = account.facts.balance?;
        let share = wording::percent(owed, limit).filter(|share| *share >= CLOSE)?;
        Some(Found {
            key: format!("{}/{}", account.guid, facts.month_before(0)),
            title: "Close to the limit".to_owned(),
            description: format!(
                "{} has used {} of its limit of {}, {share}% of it.",
                account.name(),
                facts.worded(owed, &account.guid),
                facts.worded(limit, &account.guid)
            ),
            call_to_action: "View account",
            account: Some(account.guid.clone()),
            relevant_through: Some(facts.today.last_of_month()),
            ..Found::default()
        })
    };
    facts
        .accounts
        .iter()
        .filter(|account| account.is_open(&[AccountType::CreditCard]))
        .filter_map(tell)
        .collect()
}

#[cfg(test)]
mod tests {
    use riverbank_model::feed::AccountFacts;

    use super::super::super::facts::money;
    use super::*;

    fn told(owed: &str, limit: Option<&str>) -> Vec<String> {
        let facts = Facts::for_tests("2026-01-15").with_facts(AccountFacts {
            balance: Some(money(owed)),
            credit_limit: limit.map(money),
            ..AccountFacts::new(AccountType::CreditCard, "Card".into())
        });
        find(&facts).into_iter().map(|found| found.description).collect()
    }

    #[test]
    fn three_quarters_of_the_limit_are_close_to_it() {
        assert_eq!(
            told("750", Some("1000")),
            ["Card has used $750.00 of its limit of $1,000.00, 75% of it."]
        );
        assert_eq!(told("744.99", Some("1000")), Vec::<String>::new());
        assert_eq!(told("750", Some("0")), Vec::<String>::new());
        assert_eq!(told("750", None), Vec::<String>::new());
    }
}
