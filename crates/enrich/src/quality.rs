//! How good the answers are, measured over labelled sets that nothing was tuned to; see `docs/quality.md`.

mod categories;
mod confusion;
mod document;
mod matching;
mod noise;
mod recurrence;
mod sets;

pub use categories::{CategoryFigures, Share, categories, cross_validated};
pub use confusion::Confusion;
pub use document::{LEAST_CATALOGUE, LEAST_MATCHING, LEAST_RATE, LEAST_RECURRENCE, Rates, Report};
pub use matching::{MatchingFigures, matching};
pub use recurrence::{RecurrenceFigures, recurrence};

use jiff::civil::date;
use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use crate::words::Text;
use crate::{Catalogue, Enriched};

/// A transaction of which nothing but its text and direction is told.
pub(crate) fn told(text: &str, is_credit: bool) -> FeedTransaction {
    FeedTransaction {
        id: None,
        amount: Money::from_units(125_000),
        transaction_type: if is_credit { TransactionType::Credit } else { TransactionType::Debit },
        status: TransactionStatus::Posted,
        description: text.to_owned(),
        memo: None,
        posted_at: None,
        posted_on: Some(date(2026, 3, 2)),
        transacted_at: None,
        transacted_on: None,
        currency_code: None,
        check_number: None,
        kind: None,
        merchant_category_code: None,
        is_international: None,
    }
}

fn enriched(text: &str, is_credit: bool) -> Enriched {
    Catalogue::shipped().enrich(&told(text, is_credit), AccountType::Checking, &[])
}

/// The held-out transactions as printed: what rates are measured over.
pub fn texts() -> Vec<FeedTransaction> {
    let known = sets::catalogue().into_iter().map(|row| told(row.text, false));
    known.chain(sets::unknown().into_iter().map(|row| told(row.text, row.is_credit))).collect()
}

/// The keys of a text, which the automaton of [`occurrences`] is run over.
pub fn keys(text: &str) -> String {
    Text::new(text).keys().to_owned()
}

/// How many patterns of the catalogue stand in these keys one after another: the automaton alone.
pub fn occurrences(keys: &str) -> usize {
    Catalogue::shipped().names().occurrences(keys)
}

#[cfg(test)]
mod tests;
