//! Changing a transaction: `PUT /transactions/{transaction_guid}`.

use jiff::civil::Date;
use riverbank_model::guid::TransactionGuid;
use riverbank_model::money::Money;
use riverbank_store::Tx;
use riverbank_store::transactions::{self, Transaction};

use super::TransactionView;
use super::create::{BY_USER, put_under, shown};
use super::given::{Given, Marks};
use super::lock::lock;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// The changes to a transaction; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateTransaction {
    /// Not negative; of a transaction that was made by hand only.
    pub amount: Option<Money>,
    /// Its category, as sent.
    pub category_guid: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// What is shown of it.
    pub description: Option<String>,
    /// Further text.
    pub memo: Option<String>,
    /// Whether the user was shown it.
    pub has_been_viewed: Option<bool>,
    /// Whether it is the business's.
    pub is_business: Option<bool>,
    /// Marked by the user.
    pub is_flagged: Option<bool>,
    /// Left out by the user.
    pub is_hidden: Option<bool>,
    /// Whether it is personal.
    pub is_personal: Option<bool>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// No webhook for this change.
    pub skip_webhook: bool,
}

/// Why a transaction is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateTransactionError {
    /// There is none, or it is another user's.
    #[error("no such transaction")]
    NoSuchTransaction,
    /// The amount of what an institution told, or of a part of it.
    #[error("amount can be changed for manually created transactions only.")]
    AmountNotManual,
    /// The amount of what has been split.
    #[error("amount cannot be changed while the transaction is split.")]
    AmountSplit,
    /// Below nothing.
    #[error("amount must not be negative.")]
    NegativeAmount,
    /// It would say nothing.
    #[error("description must not be empty.")]
    NoDescription,
    /// Its category would be none.
    #[error("category_guid is not the guid of a category.")]
    NoSuchCategory,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateTransactionError);

impl Engine {
    /// Changes a transaction of the caller. What is written stays whatever a feed tells.
    pub async fn update_transaction(
        &self,
        caller: &Caller,
        guid: &TransactionGuid,
        request: UpdateTransaction,
    ) -> Result<TransactionView, UpdateTransactionError> {
        if request.amount.is_some_and(|amount| amount < Money::ZERO) {
            return Err(UpdateTransactionError::NegativeAmount);
        }
        if request.description.as_ref().is_some_and(String::is_empty) {
            return Err(UpdateTransactionError::NoDescription);
        }
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let found = lock(tx, &caller, &guid).await?;
            let (mut row, _, member) = found.ok_or(UpdateTransactionError::NoSuchTransaction)?;
            let before = row.clone();
            let skipped = request.skip_webhook;
            change(tx, &mut row, request).await?;
            if row != before {
                row.revision += 1;
                row.updated_at = engine.now();
                transactions::store(tx, std::slice::from_ref(&row)).await?;
                record(tx, &caller, "transactions.update", &row.guid, skipped, row.updated_at).await?;
                if !skipped {
                    let mut news = News::of_member(&engine, tx, &member).await?;
                    news.transactions(vec![row.clone()], &member).await?;
                    news.write().await?;
                }
            }
            Ok(shown(tx, row, &member).await?)
        });
        writing.await
    }
}

async fn change(
    tx: &Tx,
    row: &mut Transaction,
    request: UpdateTransaction,
) -> Result<(), UpdateTransactionError> {
    let mut given = Given::from_bits(row.given);
    if let Some(amount) = request.amount {
        if !given.amount || row.parent_guid.is_some() {
            return Err(UpdateTransactionError::AmountNotManual);
        }
        if row.has_been_split && amount != row.amount {
            return Err(UpdateTransactionError::AmountSplit);
        }
        row.amount = amount;
    }
    if let Some(category) = &request.category_guid {
        put_under(tx, row, category).await?.ok_or(UpdateTransactionError::NoSuchCategory)?;
        given.category = true;
    }
    if let Some(date) = request.date {
        row.date = date;
        given.date = true;
    }
    if let Some(description) = request.description {
        row.description = description;
        BY_USER.clone_into(&mut row.described_by);
        given.description = true;
    }
    if request.memo.is_some() {
        row.memo = request.memo;
        given.memo = true;
    }
    let mut marks = Marks::from_bits(row.marks);
    marks.has_been_viewed = request.has_been_viewed.unwrap_or(marks.has_been_viewed);
    marks.is_business = request.is_business.unwrap_or(marks.is_business);
    marks.is_flagged = request.is_flagged.unwrap_or(marks.is_flagged);
    if let Some(is_personal) = request.is_personal {
        (marks.is_personal, marks.is_personal_told) = (is_personal, true);
    }
    row.marks = marks.bits();
    row.is_hidden = request.is_hidden.unwrap_or(row.is_hidden);
    row.metadata = request.metadata.or(row.metadata.take());
    row.given = given.bits();
    Ok(())
}
