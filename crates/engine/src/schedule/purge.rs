//! The purge of what was deleted.

use jiff::Timestamp;
use riverbank_store::due;

use crate::{Engine, Fault};

impl Engine {
    /// Removes the deleted members that are due, each with all that is theirs; how many.
    pub(super) async fn purge_due(&self, now: Timestamp) -> Result<usize, Fault> {
        let reader = self.parts.store.read().await?;
        let keys = due::purges(&reader, now).await?;
        drop(reader);
        let count = keys.len();
        for key in keys {
            // In slices, so that the writer is not held for long by a member with many transactions.
            loop {
                let slice = key.clone();
                let write = self.parts.store.write(async move |tx| due::purge_transactions(tx, &slice).await);
                if write.await? == 0 {
                    break;
                }
            }
            self.parts.store.write(async move |tx| due::purge_member(tx, &key).await).await?;
        }
        Ok(count)
    }
}
