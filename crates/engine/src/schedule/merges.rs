//! Merges of accounts that a server did not come to the end of.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, account_merges};

use super::source::Source;
use crate::{Engine, Fault};

/// Accounts that were merged into others, of which not all has moved. The call that merges goes on with it itself, if it can.
pub(super) struct Merges;

#[async_trait]
impl Source for Merges {
    async fn next(&self, _: &Engine, _: &Tx, _: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        Ok(None)
    }

    async fn run(&self, engine: &Engine, _: Timestamp) -> Result<usize, Fault> {
        let begun = account_merges::all(&*engine.store().read().await?).await?;
        let mut done = 0;
        for key in begun {
            let what = format!("the merge of {} could not be ended", key.account_guid);
            match engine.finish_merge(key).await {
                Ok(()) => done += 1,
                Err(fault @ Fault::Unavailable(_)) => return Err(fault),
                Err(fault) => fault.log(&what),
            }
        }
        Ok(done)
    }
}
