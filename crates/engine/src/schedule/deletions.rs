//! Deletions that a server did not come to the end of.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::due::MemberKey;
use riverbank_store::{StoreError, Tx, deletions};

use super::source::{Source, for_each};
use crate::{Engine, Fault};

/// Deleted members of which not all is hidden. The call that deletes goes on with it itself, if it can.
pub(super) struct Deletions;

#[async_trait]
impl Source for Deletions {
    async fn next(&self, _: &Engine, _: &Tx, _: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        Ok(None)
    }

    async fn run(&self, engine: &Engine, _: Timestamp) -> Result<usize, Fault> {
        let begun = deletions::all(&*engine.store().read().await?).await?;
        let keys = begun.into_iter().map(|one| MemberKey { user_guid: one.user_guid, guid: one.member_guid });
        for_each("a deletion could not be ended", keys.collect(), |key| engine.finish_deletion(key)).await
    }
}
