//! The purge of what was deleted.

use riverbank_store::due::{self, MemberKey};

use crate::{Engine, Fault};

impl Engine {
    /// Removes a deleted member with all that is its. Another node may be at it: then it is left to that one.
    pub(crate) async fn purge(&self, key: MemberKey) -> Result<(), Fault> {
        // In slices, so that the writer is not held for long by a member with many transactions.
        loop {
            let slice = key.clone();
            let purged = self.parts.store.write(async move |tx| due::purge_slice(tx, &slice).await);
            if purged.await?.is_none_or(|purged| purged.is_last) {
                return Ok(());
            }
        }
    }
}
