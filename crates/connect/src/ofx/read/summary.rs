//! What was read, in a form that a person compares with the file.

use std::fmt::Write as _;

use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;

use super::*;

/// What is read, in short: one line for each account, then the number of warnings.
pub(super) fn summary(file: &OfxFile) -> String {
    let mut out = String::new();
    for OfxAccount { key, account, .. } in &file.accounts {
        let facts = &account.facts;
        let digits = &key.number[key.number.len().saturating_sub(4)..];
        let show = |money: Option<Money>| money.map_or("-".to_owned(), |money| money.to_string());
        let available = facts.available_balance.or(facts.available_credit);
        let sum: Money = account
            .transactions
            .iter()
            .map(|transaction| match transaction.transaction_type {
                TransactionType::Credit => transaction.amount,
                TransactionType::Debit => -transaction.amount,
            })
            .sum();
        let days: Vec<_> = account.transactions.iter().filter_map(FeedTransaction::date).collect();
        let day = |day: Option<&jiff::civil::Date>| day.map_or("-".to_owned(), ToString::to_string);
        writeln!(
            out,
            "{} {digits} {} {}/{} positions {} of {}, transactions {} of {sum}, {}..{}",
            facts.account_type.name(),
            facts.currency_code.as_deref().unwrap_or("-"),
            show(facts.balance),
            show(available),
            account.holdings.len(),
            show(facts.holdings_value),
            account.transactions.len(),
            day(days.iter().min()),
            day(days.iter().max()),
        )
        .unwrap();
    }
    write!(out, "warnings {}", file.warnings.len()).unwrap();
    out
}
