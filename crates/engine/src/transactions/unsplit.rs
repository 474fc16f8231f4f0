//! Undoing a split: `DELETE /transactions/{transaction_guid}/unsplit`.

use jiff::Timestamp;
use riverbank_model::guid::TransactionGuid;
use riverbank_store::transactions::{self, Transaction};

use super::lock::lock;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Why a split is not undone.
#[derive(Debug, thiserror::Error)]
pub enum UnsplitError {
    /// There is none, or it is another user's.
    #[error("no such transaction")]
    NoSuchTransaction,
    /// It stands whole.
    #[error("The transaction has not been split.")]
    NotSplit,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UnsplitError);

impl Engine {
    /// Deletes the parts of a transaction of the caller, which stands whole again.
    pub async fn unsplit_transaction(
        &self,
        caller: &Caller,
        guid: &TransactionGuid,
        skip_webhook: bool,
    ) -> Result<(), UnsplitError> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let (mut whole, _, member) =
                lock(tx, &caller, &guid).await?.ok_or(UnsplitError::NoSuchTransaction)?;
            if !whole.has_been_split {
                return Err(UnsplitError::NotSplit);
            }
            let now = engine.now();
            whole.has_been_split = false;
            whole.revision += 1;
            whole.updated_at = now;
            let parts = transactions::children(tx, &caller.user, std::slice::from_ref(&guid)).await?;
            let parts = parts.into_iter().map(|part| gone(part, now));
            let rows: Vec<_> = std::iter::once(whole).chain(parts).collect();
            transactions::store(tx, &rows).await?;
            record(tx, &caller, "transactions.unsplit", &guid, skip_webhook, now).await?;
            if !skip_webhook {
                let mut news = News::of_member(&engine, tx, &member).await?;
                news.transactions(rows, &member).await?;
                news.write().await?;
            }
            Ok(())
        });
        writing.await
    }
}

/// The transaction as it is once it is deleted.
pub(crate) fn gone(row: Transaction, now: Timestamp) -> Transaction {
    Transaction { revision: row.revision + 1, updated_at: now, deleted_at: Some(now), ..row }
}
