//! What a feed tells of one account, against what is stored of it.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use riverbank_enrich::matching::{Decision, Known, match_feed};
use riverbank_enrich::{Enriched, Evidence, recurrence};
use riverbank_model::feed::{FeedAccount, FeedTransaction};
use riverbank_model::guid::{TransactionGuid, TransactionRuleGuid};
use riverbank_model::transaction::TransactionType;
use riverbank_store::accounts::Account;
use riverbank_store::transaction_totals::Payment;
use riverbank_store::transactions::Transaction;

use crate::Engine;
use crate::clock::to_microseconds;
use crate::transactions::flags::to_bits;
use crate::transactions::given::{Given, keep};
use crate::transactions::gone;

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
    /// Whether each of those that are told is of a series that comes again and again.
    is_recurring: Vec<bool>,
    /// Stored ones of before the days that are told which are of such a series, as is not known yet.
    recurring_before: Vec<TransactionGuid>,
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
    /// Those of the rows that were split: their parts are to follow them.
    pub(super) split: Vec<TransactionGuid>,
}

impl Changes {
    /// Has a stored transaction be one that comes again and again.
    pub(super) fn mark_recurring(&mut self, row: Transaction, now: Timestamp) {
        let revision = row.revision + 1;
        self.rows.push(Transaction { is_recurring: Some(true), revision, updated_at: now, ..row });
        self.updated += 1;
    }

    /// Has the parts of changed transactions follow them: gone where the whole is gone or stands for itself again, else
    /// with its status and its days.
    pub(super) fn take_along(&mut self, parts: Vec<Transaction>, now: Timestamp) {
        for part in parts {
            let whole = self.rows.iter().find(|row| part.parent_guid.as_ref() == Some(&row.guid));
            let Some(whole) = whole.filter(|whole| whole.has_been_split && whole.deleted_at.is_none()) else {
                self.rows.push(gone(part, now));
                self.deleted += 1;
                continue;
            };
            let date = if Given::from_bits(part.given).date { part.date } else { whole.date };
            let followed = Transaction {
                status: whole.status,
                date,
                posted_at: whole.posted_at,
                posted_on: whole.posted_on,
                transacted_at: whole.transacted_at,
                transacted_on: whole.transacted_on,
                ..part.clone()
            };
            if followed != part {
                self.rows.push(Transaction { revision: part.revision + 1, updated_at: now, ..followed });
                self.updated += 1;
            }
        }
    }
}

impl Statement {
    /// What is told of `account`, each transaction with its meaning.
    pub(super) fn of(account: &mut FeedAccount, enrich: impl Fn(&FeedTransaction) -> Enriched) -> Self {
        account.id.retain(is_storable);
        let mut told = std::mem::take(&mut account.transactions);
        for transaction in &mut told {
            settle(transaction, account.facts.currency_code.as_deref());
        }
        Self {
            enriched: told.iter().map(enrich).collect(),
            is_recurring: vec![false; told.len()],
            told,
            covered_from: account.transactions_from,
            recurring_before: Vec::new(),
        }
    }

    /// Finds what comes again and again in what is told and what was stored of the days before.
    pub(super) fn find_series(&mut self, before: &[Payment]) {
        let stored = before.iter().map(|row| recurrence::Payment {
            date: row.date,
            amount: row.amount,
            is_credit: row.transaction_type == TransactionType::Credit,
            payee: row.description.clone(),
        });
        // Of a transaction without a day nothing can be said.
        let dated: Vec<usize> =
            (0..self.told.len()).filter(|place| self.told[*place].date().is_some()).collect();
        let told = dated.iter().filter_map(|place| {
            let told = &self.told[*place];
            Some(recurrence::Payment {
                date: told.date()?,
                amount: told.amount,
                is_credit: told.transaction_type == TransactionType::Credit,
                payee: self.enriched[*place].description.clone(),
            })
        });
        let history: Vec<_> = stored.chain(told).collect();
        self.is_recurring = vec![false; self.told.len()];
        self.recurring_before.clear();
        for place in recurrence::find_series(&history).into_iter().flat_map(|series| series.payments) {
            match before.get(place) {
                Some(row) if row.is_recurring == Some(true) => {}
                Some(row) => self.recurring_before.push(row.guid.clone()),
                None => self.is_recurring[dated[place - before.len()]] = true,
            }
        }
    }

    /// Stored ones of before the days that are told which are to be marked as recurring.
    pub(super) fn recurring_before(&self) -> &[TransactionGuid] {
        &self.recurring_before
    }

    /// Gives each transaction its meaning anew.
    pub(super) fn enrich_again(&mut self, enrich: impl Fn(&FeedTransaction) -> Enriched) {
        self.enriched = self.told.iter().map(enrich).collect();
    }

    /// The first day that is told.
    pub(super) fn first_day_told(&self) -> Option<Date> {
        self.told.iter().filter_map(FeedTransaction::date).chain(self.covered_from).min()
    }

    /// The first day of which stored rows matter; none when the feed tells no transactions.
    pub(super) fn first_day(&self) -> Option<Date> {
        self.first_day_told().map(|first| first.saturating_sub(Span::new().days(LOOK_BACK_DAYS)))
    }

    /// What is to be written so that the stored rows say what the feed does. Ids of new rows are counted in `account`.
    pub(super) fn compare(
        &self,
        engine: &Engine,
        account: &mut Account,
        mut stored: Vec<Transaction>,
        now: Timestamp,
    ) -> Changes {
        // Of what its user made, by hand or by splitting, no feed tells.
        stored.retain(|row| !Given::from_bits(row.given).amount);
        let known: Vec<Known> = stored.iter().map(known).collect();
        let matches = match_feed(&known, &self.told, self.covered_from);
        let mut stored: HashMap<TransactionGuid, Transaction> =
            stored.into_iter().map(|row| (row.guid.clone(), row)).collect();
        let mut changes = Changes::default();
        let told = self.told.iter().zip(&self.enriched).zip(&self.is_recurring);
        for (found, ((told, enriched), is_recurring)) in matches.told.iter().zip(told) {
            let is_recurring = is_recurring.then_some(true);
            match &found.decision {
                Decision::Same(guid) => {
                    let Some(row) = stored.remove(guid) else { continue };
                    if is_recurring.is_some() && row.is_recurring != is_recurring {
                        changes.mark_recurring(row, now);
                    }
                }
                Decision::Repeated => {}
                Decision::Changed(guid) | Decision::PostedFrom(guid) => {
                    let Some(old) = stored.remove(guid) else { continue };
                    let identity = Identity {
                        guid: old.guid.clone(),
                        day: old.date,
                        revision: old.revision + 1,
                        created_at: old.created_at,
                    };
                    let mut row = transaction_row(account, identity, told, enriched, now);
                    keep(&old, &mut row);
                    row.is_recurring = is_recurring.or(old.is_recurring);
                    row.matched_by = Some(found.reason.name().to_owned());
                    if row.has_been_split {
                        let is_same =
                            (row.amount, row.transaction_type) == (old.amount, old.transaction_type);
                        // Its parts would no longer add up to it.
                        row.has_been_split = is_same;
                        changes.split.push(row.guid.clone());
                    }
                    changes.rows.push(row);
                    changes.updated += 1;
                }
                Decision::New => {
                    account.children_made += 1;
                    let identity = Identity {
                        guid: engine.guid_within(&account.user_guid, &account.guid, account.children_made),
                        day: Offset::UTC.to_datetime(now).date(),
                        revision: 1,
                        created_at: now,
                    };
                    let mut row = transaction_row(account, identity, told, enriched, now);
                    row.is_recurring = is_recurring;
                    row.matched_by = Some(found.reason.name().to_owned());
                    changes.rows.push(row);
                    changes.created += 1;
                }
            }
        }
        for guid in &matches.vanished {
            let Some(row) = stored.remove(guid) else { continue };
            if row.has_been_split {
                changes.split.push(row.guid.clone());
            }
            changes.rows.push(gone(row, now));
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
        merchant_guid: enriched.merchant.clone(),
        merchant_location_guid: enriched.location.clone(),
        is_recurring: None,
        matched_by: None,
        described_by: enriched.described_by.to_string(),
        categorized_by: enriched.categorized_by.to_string(),
        given: 0,
        marks: 0,
        memo: None,
        metadata: None,
        is_hidden: false,
        has_been_split: false,
        parent_guid: None,
        transaction_rule_guid: rule_of(enriched),
        merged_from: None,
        revision: identity.revision,
        created_at: identity.created_at,
        updated_at: now,
        deleted_at: None,
    }
}

/// The rule of the user that chose the category.
fn rule_of(enriched: &Enriched) -> Option<TransactionRuleGuid> {
    match &enriched.categorized_by {
        Evidence::Rule(guid) => Some(guid.clone()),
        _ => None,
    }
}

/// A stored row as the matching takes it.
fn known(row: &Transaction) -> Known {
    Known { guid: row.guid.clone(), told: told_of(row) }
}

/// What a stored row says of what the feed told.
pub(crate) fn told_of(row: &Transaction) -> FeedTransaction {
    FeedTransaction {
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
    }
}
