//! Deleting a transaction that was made by hand: `DELETE /transactions/{transaction_guid}`.

use riverbank_model::guid::TransactionGuid;
use riverbank_store::transactions;

use super::given::Given;
use super::gone;
use super::lock::lock;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Why a transaction is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteTransactionError {
    /// There is none, or it is another user's.
    #[error("no such transaction")]
    NoSuchTransaction,
    /// An institution told it, or it is a part of another.
    #[error("Only manually created transactions can be deleted.")]
    NotManual,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(DeleteTransactionError);

impl Engine {
    /// Deletes a transaction that the caller made by hand, with the parts that it was split into.
    pub async fn delete_transaction(
        &self,
        caller: &Caller,
        guid: &TransactionGuid,
        skip_webhook: bool,
    ) -> Result<(), DeleteTransactionError> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let found = lock(tx, &caller, &guid).await?;
            let (row, _, member) = found.ok_or(DeleteTransactionError::NoSuchTransaction)?;
            if !Given::from_bits(row.given).amount || row.parent_guid.is_some() {
                return Err(DeleteTransactionError::NotManual);
            }
            let now = engine.now();
            let parts = transactions::children(tx, &caller.user, std::slice::from_ref(&guid)).await?;
            let rows: Vec<_> = std::iter::once(row).chain(parts).map(|row| gone(row, now)).collect();
            transactions::store(tx, &rows).await?;
            record(tx, &caller, "transactions.delete", &guid, skip_webhook, now).await?;
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
