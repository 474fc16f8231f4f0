//! The accounts of a file: how what is told of one at several places comes together.

use std::collections::HashSet;

use riverbank_model::feed::FeedTransaction;

use super::account::OfxAccount;
use super::duplicates;
use crate::ofx::document::Unreadable;

/// Files that tell of accounts more often are refused: ten years of monthly statements of ten accounts are 1,200.
pub const ACCOUNT_LIMIT: usize = 5000;

/// The accounts of a file, each once, in the order in which they are first told.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    known: Vec<Told>,
    /// How often a part of the file told of an account.
    parts: usize,
}

/// An account, and where the transactions of its second and later statements begin.
#[derive(Debug)]
struct Told {
    account: OfxAccount,
    later: Vec<usize>,
}

impl Accounts {
    /// Takes what a part of the file tells; nothing any more beyond [`ACCOUNT_LIMIT`].
    pub(super) fn add(&mut self, account: OfxAccount) {
        self.parts += 1;
        if self.parts > ACCOUNT_LIMIT {
            return;
        }
        match self.known.iter_mut().find(|told| told.account.key.names_same_as(&account.key)) {
            Some(told) => {
                let begun = told.account.account.transactions.len();
                told.later.extend((begun > 0).then_some(begun));
                told.account.absorb(account);
            }
            None => self.known.push(Told { account, later: Vec::new() }),
        }
    }

    /// The accounts with names, and with ids of transactions and holdings that are unique.
    pub(super) fn finish(self) -> Result<Vec<OfxAccount>, Unreadable> {
        if self.parts > ACCOUNT_LIMIT {
            return Err(Unreadable::TooManyAccounts);
        }
        let finished = self.known.into_iter().map(|Told { mut account, later }| {
            let OfxAccount { key, account: feed, .. } = &mut account;
            if feed.facts.name.is_empty() {
                let digits: Vec<char> = key.number.chars().filter(|digit| digit.is_alphanumeric()).collect();
                let last: String = digits[digits.len().saturating_sub(4)..].iter().collect();
                feed.facts.name = [key.row().label, &last].join(" ").trim_end().into();
            }
            drop_told_before(&mut feed.transactions, &later);
            duplicates::tell_transactions_apart(&mut feed.transactions);
            duplicates::tell_holdings_apart(&mut feed.holdings);
            account
        });
        Ok(finished.collect())
    }
}

/// Statements that overlap tell the same transaction twice; within one statement nothing is dropped. `later` says where
/// the second and later statements begin.
fn drop_told_before(transactions: &mut Vec<FeedTransaction>, later: &[usize]) {
    let Some(&first) = later.first() else { return };
    let mut told: HashSet<&FeedTransaction> = transactions[..first].iter().collect();
    let mut is_new = vec![true; first];
    let ends = later[1..].iter().copied().chain([transactions.len()]);
    for (start, end) in later.iter().copied().zip(ends) {
        let statement = &transactions[start..end];
        is_new.extend(statement.iter().map(|transaction| !told.contains(transaction)));
        told.extend(statement);
    }
    let mut is_new = is_new.into_iter();
    transactions.retain(|_| is_new.next().unwrap_or(true));
}
