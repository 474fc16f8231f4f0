//! What a feed tells of one account, against what is stored of it.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use riverbank_enrich::Enriched;
use riverbank_enrich::matching::{Decision, Known, match_feed};
use riverbank_model::feed::{FeedAccount, FeedTransaction};
use riverbank_model::guid::TransactionGuid;
use riverbank_store::accounts::Account;
use riverbank_store::transactions::Transaction;

use crate::Engine;
use crate::clock::to_microseconds;
use crate::transactions::flags::to_bits;

/// How far before what the feed tells stored rows are looked at: a pending transaction may be dated some days before
/// the posted one that takes its place.
const LOOK_BACK_DAYS: i64 = 14;

/// What a feed tells of the transactions of one account.
pub(super) struct Statement {
    /// In the form that is stored; see [`settle`].
    told: Vec<FeedTransaction>,
    /// One for each of them.
    enriched: Vec<Enriched>,
    /// The first day of which the feed told every transaction.
    covered_from: Option<Date>,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The rows, new and changed.
    pub(super) rows: Vec<Transaction>,
    /// How many of them are new.
    pub(super) created: usize,
    /// How many of them say something else than before.
    pub(super) updated: usize,
    /// How many of them are deleted.
    pub(super) deleted: usize,
}

impl Statement {
    /// What is told of `account`, each transaction with its meaning.
    pub(super) fn of(account: &mut FeedAccount, enrich: impl Fn(&FeedTransaction) -> Enriched) -> Self {
        account.id.retain(is_storable);
        let mut told = std::mem::take(&mut account.transactions);
        for transaction in &mut told {
            settle(transaction, account.facts.currency_code.as_deref());
        }
        Self { enriched: told.iter().map(enrich).collect(), told, covered_from: account.transactions_from }
    }

    /// The first day of which stored rows matter; none when the feed tells no transactions.
    pub(super) fn first_day(&self) -> Option<Date> {
        let told = self.told.iter().filter_map(FeedTransaction::date);
        let first = told.chain(self.covered_from).min();
        first.map(|first| first.saturating_sub(Span::new().days(LOOK_BACK_DAYS)))
    }

    /// What is to be written so that the stored rows say what the feed does. Ids of new rows are counted in `account`.
    pub(super) fn compare(
        &self,
        engine: &Engine,
        account: &mut Account,
        stored: Vec<Transaction>,
        now: Timestamp,
    ) -> Changes {
        let known: Vec<Known> = stored.iter().map(known).collect();
        let matches = match_feed(&known, &self.told, self.covered_from);
        let mut stored: HashMap<TransactionGuid, Transaction> =
            stored.into_iter().map(|row| (row.guid.clone(), row)).collect();
        let mut changes = Changes::default();
        for (found, (told, enriched)) in matches.told.iter().zip(self.told.iter().zip(&self.enriched)) {
            match &found.decision {
                Decision::Same(_) | Decision::Repeated => {}
                Decision::Changed(guid) | Decision::PostedFrom(guid) => {
                    let Some(old) = stored.remove(guid) else { continue };
                    let identity = Identity {
                        guid: old.guid,
                        day: old.date,
                        revision: old.revision + 1,
                        created_at: old.created_at,
                    };
                    changes.rows.push(transaction_row(account, identity, told, enriched, now));
                    changes.updated += 1;
                }
                Decision::New => {
                    account.children_made += 1;
                    let identity = Identity {
                        guid: engine.guid(&account.guid, account.children_made),
                        day: Offset::UTC.to_datetime(now).date(),
                        revision: 1,
                        created_at: now,
                    };
                    changes.rows.push(transaction_row(account, identity, told, enriched, now));
                    changes.created += 1;
                }
            }
        }
        for guid in &matches.vanished {
            let Some(row) = stored.remove(guid) else { continue };
            let revision = row.revision + 1;
            changes.rows.push(Transaction { revision, updated_at: now, deleted_at: Some(now), ..row });
            changes.deleted += 1;
        }
        changes
    }
}

/// PostgreSQL's texts hold every character but U+0000.
fn is_storable(letter: char) -> bool {
    letter != '\0'
}

/// Brings a transaction into the form in which it is stored, so that it can be compared with what was stored: times
/// to the microsecond, the account's currency where none is told, no character that cannot be stored.
fn settle(told: &mut FeedTransaction, currency: Option<&str>) {
    if told.currency_code.is_none() {
        told.currency_code = currency.map(str::to_owned);
    }
    told.posted_at = told.posted_at.map(to_microseconds);
    told.transacted_at = told.transacted_at.map(to_microseconds);
    let optional =
        [&mut told.id, &mut told.memo, &mut told.currency_code, &mut told.check_number, &mut told.kind];
    for text in optional.into_iter().flatten().chain([&mut told.description]) {
        text.retain(is_storable);
    }
}

/// What of a row does not come from the feed.
pub(crate) struct Identity {
    /// Its id.
    pub(crate) guid: TransactionGuid,
    /// The day of a transaction that tells none.
    pub(crate) day: Date,
    /// Grows by one with every change.
    pub(crate) revision: i64,
    /// When it was first brought in.
    pub(crate) created_at: Timestamp,
}

/// The row of a told transaction; the reverse of [`known`].
pub(crate) fn transaction_row(
    account: &Account,
    identity: Identity,
    told: &FeedTransaction,
    enriched: &Enriched,
    now: Timestamp,
) -> Transaction {
    Transaction {
        user_guid: account.user_guid.clone(),
        guid: identity.guid,
        account_guid: account.guid.clone(),
        member_guid: account.member_guid.clone(),
        feed_id: told.id.clone(),
        amount: told.amount,
        transaction_type: told.transaction_type,
        status: told.status,
        date: told.date().unwrap_or(identity.day),
        description: enriched.description.clone(),
        category_guid: enriched.category.clone(),
        flags: to_bits(enriched.flags),
        merchant_category_code: told.merchant_category_code,
        feed_description: told.description.clone(),
        feed_memo: told.memo.clone(),
        feed_kind: told.kind.clone(),
        check_number: told.check_number.clone(),
        currency_code: told.currency_code.clone(),
        is_international: told.is_international,
        posted_at: told.posted_at,
        posted_on: told.posted_on,
        transacted_at: told.transacted_at,
        transacted_on: told.transacted_on,
        described_by: enriched.described_by.to_string(),
        categorized_by: enriched.categorized_by.to_string(),
        revision: identity.revision,
        created_at: identity.created_at,
        updated_at: now,
        deleted_at: None,
    }
}

/// What a stored row says of what the feed told.
fn known(row: &Transaction) -> Known {
    let told = FeedTransaction {
        id: row.feed_id.clone(),
        amount: row.amount,
        transaction_type: row.transaction_type,
        status: row.status,
        description: row.feed_description.clone(),
        memo: row.feed_memo.clone(),
        posted_at: row.posted_at,
        posted_on: row.posted_on,
        transacted_at: row.transacted_at,
        transacted_on: row.transacted_on,
        currency_code: row.currency_code.clone(),
        check_number: row.check_number.clone(),
        kind: row.feed_kind.clone(),
        merchant_category_code: row.merchant_category_code,
        is_international: row.is_international,
    };
    Known { guid: row.guid.clone(), told }
}
