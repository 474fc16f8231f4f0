//! What a feed tells of one account, against what is stored of it.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use riverbank_enrich::Enriched;
use riverbank_model::feed::{FeedAccount, FeedTransaction};
use riverbank_store::accounts::Account;
use riverbank_store::transactions::Transaction;

use crate::Engine;
use crate::transactions::flags::to_bits;

/// How far before what the feed tells of stored rows are looked at: a pending transaction may be dated some days
/// before the posted one that takes its place.
const LOOK_BACK_DAYS: i64 = 14;

/// What a feed tells of the transactions of one account.
pub(super) struct Statement<'a> {
    /// The account as the feed tells it.
    pub(super) told: &'a FeedAccount,
    /// One for each of its transactions.
    pub(super) enriched: Vec<Enriched>,
    /// The day of a transaction that tells none.
    pub(super) today: Date,
    /// When this is written.
    pub(super) now: Timestamp,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The rows, new and changed.
    pub(super) rows: Vec<Transaction>,
    /// How many of them are new.
    pub(super) created: usize,
    /// How many of them were changed.
    pub(super) updated: usize,
    /// How many of them were deleted.
    pub(super) deleted: usize,
}

impl Statement<'_> {
    /// The first day of which stored rows matter; none when the feed tells no transactions.
    pub(super) fn first_day(&self) -> Option<Date> {
        let told = self.told.transactions.iter().filter_map(FeedTransaction::date);
        let first = told.chain(self.told.transactions_from).min();
        first.map(|first| first.saturating_sub(Span::new().days(LOOK_BACK_DAYS)))
    }

    /// What is to be written so that the stored rows say what the feed does.
    pub(super) fn compare(&self, engine: &Engine, account: &mut Account, known: Vec<Transaction>) -> Changes {
        let mut changes = Changes::default();
        let mut known: HashMap<Option<String>, Transaction> =
            known.into_iter().map(|row| (row.feed_id.clone(), row)).collect();
        for (told, enriched) in self.told.transactions.iter().zip(&self.enriched) {
            match known.remove(&told.id) {
                Some(row) => {
                    let changed = self.changed(account, &row, told, enriched);
                    if changed != row {
                        changes.updated += 1;
                        changes.rows.push(Transaction {
                            revision: row.revision + 1,
                            updated_at: self.now,
                            ..changed
                        });
                    }
                }
                None => {
                    account.children_made += 1;
                    changes.created += 1;
                    changes.rows.push(self.new_row(engine, account, told, enriched));
                }
            }
        }
        changes
    }

    fn new_row(
        &self,
        engine: &Engine,
        account: &Account,
        told: &FeedTransaction,
        enriched: &Enriched,
    ) -> Transaction {
        Transaction {
            user_guid: account.user_guid.clone(),
            guid: engine.guid(&account.guid, account.children_made),
            account_guid: account.guid.clone(),
            member_guid: account.member_guid.clone(),
            feed_id: told.id.clone(),
            amount: told.amount,
            transaction_type: told.transaction_type,
            status: told.status,
            date: told.date().unwrap_or(self.today),
            description: enriched.description.clone(),
            category_guid: enriched.category.clone(),
            flags: to_bits(enriched.flags),
            merchant_category_code: told.merchant_category_code,
            feed_description: told.description.clone(),
            feed_memo: told.memo.clone(),
            feed_kind: told.kind.clone(),
            check_number: told.check_number.clone(),
            currency_code: told.currency_code.clone().or_else(|| self.told.facts.currency_code.clone()),
            is_international: told.is_international,
            posted_at: told.posted_at,
            posted_on: told.posted_on,
            transacted_at: told.transacted_at,
            transacted_on: told.transacted_on,
            described_by: enriched.described_by.to_owned(),
            categorized_by: enriched.categorized_by.to_owned(),
            revision: 1,
            created_at: self.now,
            updated_at: self.now,
            deleted_at: None,
        }
    }

    /// A stored row with what the feed tells now.
    fn changed(
        &self,
        account: &Account,
        row: &Transaction,
        told: &FeedTransaction,
        enriched: &Enriched,
    ) -> Transaction {
        let _ = account;
        Transaction {
            feed_id: told.id.clone(),
            amount: told.amount,
            transaction_type: told.transaction_type,
            status: told.status,
            date: told.date().unwrap_or(row.date),
            description: enriched.description.clone(),
            category_guid: enriched.category.clone(),
            flags: to_bits(enriched.flags),
            merchant_category_code: told.merchant_category_code,
            feed_description: told.description.clone(),
            feed_memo: told.memo.clone(),
            feed_kind: told.kind.clone(),
            check_number: told.check_number.clone(),
            currency_code: told.currency_code.clone().or_else(|| self.told.facts.currency_code.clone()),
            is_international: told.is_international,
            posted_at: told.posted_at,
            posted_on: told.posted_on,
            transacted_at: told.transacted_at,
            transacted_on: told.transacted_on,
            described_by: enriched.described_by.to_owned(),
            categorized_by: enriched.categorized_by.to_owned(),
            ..row.clone()
        }
    }
}
