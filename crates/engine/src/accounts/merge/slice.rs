//! Moving the transactions of an account that was merged into another, a slice at a time, so that nobody waits for long behind an
//! account with many.

use std::collections::HashMap;

use jiff::{Span, Timestamp};
use riverbank_model::guid::TransactionGuid;
use riverbank_model::transaction::TransactionStatus;
use riverbank_store::account_merges::{self, AccountMerge, MergeKey};
use riverbank_store::accounts::{self, Account};
use riverbank_store::members::{self, Member};
use riverbank_store::transactions::{self, Transaction};
use riverbank_store::{Tx, taggings};

use super::twins::twins;
use crate::transactions::given::take_over;
use crate::transactions::gone;
use crate::{Engine, Fault};

/// Transactions that are moved, and told of, in one unit of work.
const SLICE: usize = 500;

/// How many days apart transactions may be dated that are one: twice as many as are looked back in a feed.
const APART_DAYS: i64 = 28;

/// What becomes of a slice.
struct Moves<'a> {
    merge: &'a AccountMerge,
    /// Where it goes; nowhere, and what is left of it goes for good, if that account is gone or blocked by now.
    into: Option<&'a Account>,
    now: Timestamp,
    /// What is written and told.
    rows: Vec<Transaction>,
    /// What is written and says nothing new.
    untold: Vec<Transaction>,
    /// The parts of which transactions become those of which others; those of none go.
    parents: HashMap<TransactionGuid, Option<TransactionGuid>>,
    /// Those that go, and those that stand for them.
    replaced: Vec<(TransactionGuid, TransactionGuid)>,
}

impl Engine {
    /// Goes on with a merge until nothing is left in the account that goes.
    pub(crate) async fn finish_merge(&self, key: MergeKey) -> Result<(), Fault> {
        loop {
            let (engine, key) = (self.clone(), key.clone());
            let slice = self.store().write(async move |tx| engine.go_on_with_merge(tx, &key).await);
            if slice.await? {
                return Ok(());
            }
        }
    }

    pub(super) async fn go_on_with_merge(&self, tx: &Tx, key: &MergeKey) -> Result<bool, Fault> {
        // An import holds its member while it changes transactions.
        let held = members::lock_all(tx, &key.user_guid).await?;
        let Some(merge) = account_merges::find(tx, key).await? else { return Ok(true) };
        let is_last = self.merge_slice(tx, &merge, &held).await?;
        if is_last {
            account_merges::end(tx, &merge).await?;
        }
        Ok(is_last)
    }

    /// Moves a slice between accounts of members that are held; whether nothing is left.
    pub(super) async fn merge_slice(
        &self,
        tx: &Tx,
        merge: &AccountMerge,
        held: &[Member],
    ) -> Result<bool, Fault> {
        let user = &merge.user_guid;
        // Those after the slice have their say in what is whose twin.
        let mut left = account_merges::left(tx, merge, 2 * SLICE).await?;
        let (Some(newest), Some(oldest)) = (left.first(), left.last()) else { return Ok(true) };
        let into = accounts::find(tx, user, &merge.into_guid).await?.filter(|account| !account.is_blocked);
        let apart = Span::new().days(APART_DAYS);
        let days = (oldest.date.saturating_sub(apart), newest.date.saturating_add(apart));
        let beside = account_merges::beside(tx, merge, days).await?;
        let mut twins = twins(&left, &beside, (merge.told_from, merge.told_through));
        let mut beside: HashMap<_, _> = beside.into_iter().map(|row| (row.guid.clone(), row)).collect();
        let is_last = left.len() <= SLICE;
        left.truncate(SLICE);
        let mut moves = Moves::of(merge, into.as_ref(), self.now());
        for row in left {
            match twins.remove(&row.guid).and_then(|twin| beside.remove(&twin)) {
                Some(own) => moves.join(own, row),
                None => moves.bring(row),
            }
        }
        moves.write(self, tx, held).await?;
        Ok(is_last)
    }
}

impl<'a> Moves<'a> {
    fn of(merge: &'a AccountMerge, into: Option<&'a Account>, now: Timestamp) -> Self {
        let (rows, untold, parents, replaced) = (Vec::new(), Vec::new(), HashMap::new(), Vec::new());
        Self { merge, into, now, rows, untold, parents, replaced }
    }

    /// A transaction that only the account that goes has.
    fn bring(&mut self, row: Transaction) {
        let Some(into) = self.into else { return self.end(row) };
        self.parents.insert(row.guid.clone(), Some(row.guid.clone()));
        self.rows.push(self.moved(row, into));
    }

    /// A transaction that both have, and with it the one of the other account. The posted one of the two stays, else the other
    /// account's; what the user wrote of the one that goes is taken over, and its parts if they still add up.
    fn join(&mut self, own: Transaction, row: Transaction) {
        let Some(into) = self.into else { return self.end(row) };
        let is_posted_here =
            own.status == TransactionStatus::Pending && row.status == TransactionStatus::Posted;
        let (stays, goes) = if is_posted_here { (row, own) } else { (own, row) };
        let mut joined = stays.clone();
        take_over(&goes, &mut joined);
        let is_same = (goes.amount, goes.transaction_type) == (stays.amount, stays.transaction_type);
        let adopts = goes.has_been_split && !stays.has_been_split && is_same;
        joined.has_been_split |= adopts;
        self.replaced.push((goes.guid.clone(), stays.guid.clone()));
        if is_posted_here {
            self.parents.insert(stays.guid.clone(), Some(stays.guid.clone()));
        }
        if is_posted_here || joined != stays {
            self.rows.push(self.moved(joined, into));
        } else {
            joined.merged_from = Some(self.merge.account_guid.clone());
            self.untold.push(joined);
        }
        let guid = goes.guid.clone();
        self.end(goes);
        if adopts {
            self.parents.insert(guid, Some(stays.guid));
        }
    }

    fn end(&mut self, row: Transaction) {
        self.parents.insert(row.guid.clone(), None);
        self.rows.push(gone(row, self.now));
    }

    /// The transaction as it is once it is in the other account.
    fn moved(&self, row: Transaction, into: &Account) -> Transaction {
        Transaction {
            account_guid: into.guid.clone(),
            member_guid: into.member_guid.clone(),
            merged_from: Some(self.merge.account_guid.clone()),
            revision: row.revision + 1,
            updated_at: self.now,
            ..row
        }
    }

    async fn write(mut self, engine: &Engine, tx: &Tx, held: &[Member]) -> Result<(), Fault> {
        let user = &self.merge.user_guid;
        let parents: Vec<TransactionGuid> = self.parents.keys().cloned().collect();
        for part in transactions::children(tx, user, &parents).await? {
            let parent =
                part.parent_guid.as_ref().and_then(|parent| self.parents.get(parent)).cloned().flatten();
            let row = match (parent, self.into) {
                (Some(parent), Some(into)) => {
                    Transaction { parent_guid: Some(parent), ..self.moved(part, into) }
                }
                _ => gone(part, self.now),
            };
            self.rows.push(row);
        }
        if let Some(into) = self.into {
            let live = self.rows.iter().filter(|row| row.deleted_at.is_none());
            let live: Vec<TransactionGuid> = live.map(|row| row.guid.clone()).collect();
            account_merges::move_transactions(tx, user, &live, into).await?;
        }
        for (from, to) in &self.parents {
            if let Some(to) = to.as_ref().filter(|to| *to != from) {
                account_merges::adopt(tx, user, from, to).await?;
            }
        }
        transactions::store(tx, &[self.rows.as_slice(), &self.untold].concat()).await?;
        taggings::follow(tx, user, &self.replaced, self.now).await?;
        engine.tell_of_transactions(tx, held, self.rows).await
    }
}
