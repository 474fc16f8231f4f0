//! A transaction of which only the words are known, to be given a meaning.

use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

/// A posted transaction with these words.
pub(crate) fn spoken(
    description: &str,
    memo: Option<&str>,
    transaction_type: TransactionType,
    amount: Money,
) -> FeedTransaction {
    FeedTransaction {
        id: None,
        amount,
        transaction_type,
        status: TransactionStatus::Posted,
        description: description.to_owned(),
        memo: memo.map(str::to_owned),
        posted_at: None,
        posted_on: None,
        transacted_at: None,
        transacted_on: None,
        currency_code: None,
        check_number: None,
        kind: None,
        merchant_category_code: None,
        is_international: None,
    }
}

/// A stored transaction with these words, of nobody.
#[cfg(test)]
pub(crate) fn row_saying(words: &str) -> riverbank_store::transactions::Transaction {
    use jiff::Timestamp;
    use riverbank_model::account::AccountType;

    use super::categorize::nowhere;
    use crate::aggregation::{Identity, transaction_row};
    use crate::testing::nobodys;

    let at = Timestamp::UNIX_EPOCH;
    let told = spoken(words, None, TransactionType::Debit, Money::from_units(10_000));
    let identity =
        Identity { guid: nobodys(), day: jiff::civil::date(2026, 1, 15), revision: 1, created_at: at };
    let meaning = riverbank_enrich::Catalogue::shipped().enrich(&told, AccountType::Checking, &[]);
    transaction_row(&nowhere(&nobodys(), at), identity, &told, &meaning, at)
}
