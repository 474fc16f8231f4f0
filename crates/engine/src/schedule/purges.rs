//! The purge of what was deleted.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::due::{self, MemberKey};
use riverbank_store::{StoreError, Tx};

use super::source::{Source, for_each};
use crate::{Engine, Fault};

/// The moments at which deleted members go for good.
pub(super) struct Purges;

#[async_trait]
impl Source for Purges {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        due::next_purge(tx, after).await
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        let keys = due::purges(&*engine.store().read().await?, now).await?;
        for_each("a member could not be purged", keys, |key| engine.purge(key)).await
    }
}

impl Engine {
    /// Removes a deleted member with all that is its. Another node may be at it: then it is left to that one.
    pub(crate) async fn purge(&self, key: MemberKey) -> Result<(), Fault> {
        self.finish_deletion(key.clone()).await?;
        // In slices, so that the writer is not held for long by a member with many transactions.
        loop {
            let slice = key.clone();
            let purged = self.store().write(async move |tx| due::purge_slice(tx, &slice).await);
            if purged.await?.is_none_or(|purged| purged.is_last) {
                return Ok(());
            }
        }
    }
}
