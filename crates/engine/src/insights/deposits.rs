//! What templates about deposits have in common.

use riverbank_model::account::AccountType;

use super::template::Deposit;
use super::{Account, Facts, Found, Looks, Movement, Relevance, Template};

/// A template about deposits, with its place among them.
pub(super) const fn template(name: &'static str, rank: Deposit, find: fn(&Facts) -> Vec<Found>) -> Template {
    Template { name, looks: Looks::AtChanges, relevance: Relevance::Lasting, deposit: Some(rank), find }
}

/// Tells of what was paid in lately, wherever it fits. Money that comes to a card or a loan is no deposit.
pub(super) fn tell(
    facts: &Facts,
    title: &str,
    fits: impl Fn(&Movement, &Account) -> bool,
    describe: impl Fn(&Movement, &Account) -> String,
) -> Vec<Found> {
    /// Kinds of accounts of which a balance is owed.
    const OWED: [AccountType; 4] =
        [AccountType::CreditCard, AccountType::Loan, AccountType::Mortgage, AccountType::LineOfCredit];
    let deposits = facts.news().filter(|one| one.is_credit).filter_map(|one| {
        let account =
            facts.account(&one.account).filter(|account| !OWED.contains(&account.facts.account_type))?;
        fits(one, account).then_some((one, account))
    });
    let found = deposits.map(|(one, account)| Found {
        key: one.guid.to_string(),
        title: title.to_owned(),
        description: describe(one, account),
        call_to_action: "View transaction",
        account: Some(one.account.clone()),
        transaction: Some(one.guid.clone()),
        categories: vec![one.category.clone()],
        merchants: one.merchant.clone().into_iter().collect(),
        ..Found::default()
    });
    found.collect()
}

/// Whether the raw text of a movement has one of these phrases, which are in capital letters.
pub(super) fn says(movement: &Movement, phrases: &[&str]) -> bool {
    let text = movement.feed_description.to_uppercase();
    phrases.iter().any(|phrase| text.contains(phrase))
}
