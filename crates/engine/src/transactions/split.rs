//! Splitting a transaction: `POST /transactions/{transaction_guid}/split`, and the deprecated `POST /transactions`.

use riverbank_model::guid::TransactionGuid;
use riverbank_model::limits::SPLIT_PARTS;
use riverbank_model::money::Money;
use riverbank_store::Tx;
use riverbank_store::accounts::{self, Account};
use riverbank_store::transactions::{self, Transaction};

use super::TransactionView;
use super::create::{BY_USER, put_under};
use super::given::Given;
use super::lock::lock;
use crate::audit::record;
use crate::categories::OwnCategories;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// A part of a transaction. What is absent is that of the whole.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// More than nothing.
    pub amount: Money,
    /// Its category, as sent.
    pub category_guid: Option<String>,
    /// What is shown of it.
    pub description: Option<String>,
    /// Further text.
    pub memo: Option<String>,
}

/// Into what a transaction is split.
#[derive(Clone, Debug)]
pub enum Split {
    /// Into these, which are the whole together.
    Parts(Vec<Part>),
    /// Into this one and what is left.
    Off(Part),
}

/// Why a transaction is not split.
#[derive(Debug, thiserror::Error)]
pub enum SplitError {
    /// There is none, or it is another user's.
    #[error("no such transaction")]
    NoSuchTransaction,
    /// Fewer than two parts.
    #[error("transactions must hold at least two parts.")]
    TooFew,
    /// More parts than anyone needs.
    #[error("transactions must hold at most {SPLIT_PARTS} parts.")]
    TooMany,
    /// A part of nothing, or of less.
    #[error("The amount of each part must be more than 0.")]
    NoAmount,
    /// More or less than the whole.
    #[error("The amounts of the parts must add up to the amount of the transaction.")]
    WrongSum,
    /// A part that leaves nothing.
    #[error("amount must be less than the amount of the transaction.")]
    NothingLeft,
    /// A part that says nothing.
    #[error("description must not be empty.")]
    NoDescription,
    /// The category of a part is none.
    #[error("category_guid is not the guid of a category.")]
    NoSuchCategory,
    /// It has been split already.
    #[error("The transaction has been split already.")]
    SplitAlready,
    /// It is itself a part of another.
    #[error("The transaction is a part of a split transaction.")]
    IsPart,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(SplitError);

impl Engine {
    /// Splits a transaction of the caller; gives the parts in their order.
    pub async fn split_transaction(
        &self,
        caller: &Caller,
        guid: &TransactionGuid,
        split: Split,
    ) -> Result<Vec<TransactionView>, SplitError> {
        check(&split)?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let (mut whole, mut account, member) =
                lock(tx, &caller, &guid).await?.ok_or(SplitError::NoSuchTransaction)?;
            if whole.has_been_split {
                return Err(SplitError::SplitAlready);
            }
            if whole.parent_guid.is_some() {
                return Err(SplitError::IsPart);
            }
            let mut parts = Vec::new();
            for part in parts_of(split, whole.amount)? {
                parts.push(engine.part(tx, &mut account, &whole, part).await?);
            }
            let now = engine.now();
            whole.has_been_split = true;
            whole.revision += 1;
            whole.updated_at = now;
            let rows: Vec<_> = std::iter::once(whole).chain(parts.iter().cloned()).collect();
            accounts::store(tx, &account).await?;
            transactions::store(tx, &rows).await?;
            record(tx, &caller, "transactions.split", &guid, false, now).await?;
            let mut news = News::of_member(&engine, tx, &member).await?;
            news.transactions(rows, &member).await?;
            news.write().await?;
            let categories = OwnCategories::behind(tx, &caller.user, &parts).await?;
            let view = |part| TransactionView::of_member(part, &member, &categories);
            Ok(parts.into_iter().map(view).collect())
        });
        writing.await
    }

    async fn part(
        &self,
        tx: &Tx,
        account: &mut Account,
        whole: &Transaction,
        part: Part,
    ) -> Result<Transaction, SplitError> {
        let now = self.now();
        account.children_made += 1;
        let mut given = Given { amount: true, ..Given::from_bits(whole.given) };
        let mut row = Transaction {
            guid: self.guid_within(&account.user_guid, &account.guid, account.children_made),
            feed_id: None,
            amount: part.amount,
            parent_guid: Some(whole.guid.clone()),
            metadata: None,
            revision: 1,
            created_at: now,
            updated_at: now,
            ..whole.clone()
        };
        if let Some(category) = &part.category_guid {
            put_under(tx, &mut row, category).await?.ok_or(SplitError::NoSuchCategory)?;
            given.category = true;
        }
        if let Some(description) = part.description {
            row.description = description;
            BY_USER.clone_into(&mut row.described_by);
            given.description = true;
        }
        if part.memo.is_some() {
            row.memo = part.memo;
            given.memo = true;
        }
        row.given = given.bits();
        Ok(row)
    }
}

/// What can be said of a split without its transaction.
fn check(split: &Split) -> Result<(), SplitError> {
    let parts = match split {
        Split::Off(part) => std::slice::from_ref(part),
        Split::Parts(parts) if parts.len() < 2 => return Err(SplitError::TooFew),
        Split::Parts(parts) if parts.len() > SPLIT_PARTS => return Err(SplitError::TooMany),
        Split::Parts(parts) => parts,
    };
    if parts.iter().any(|part| part.amount <= Money::ZERO) {
        return Err(SplitError::NoAmount);
    }
    if parts.iter().any(|part| part.description.as_ref().is_some_and(String::is_empty)) {
        return Err(SplitError::NoDescription);
    }
    Ok(())
}

/// The parts that a whole of this amount is split into.
fn parts_of(split: Split, whole: Money) -> Result<Vec<Part>, SplitError> {
    match split {
        Split::Off(part) if part.amount >= whole => Err(SplitError::NothingLeft),
        Split::Off(part) => {
            let rest = Part { amount: whole - part.amount, ..Part::default() };
            Ok(vec![part, rest])
        }
        Split::Parts(parts) => {
            let sum: Money = parts.iter().map(|part| part.amount).sum();
            if sum == whole { Ok(parts) } else { Err(SplitError::WrongSum) }
        }
    }
}

#[cfg(test)]
mod tests;
