//! End users who did not come back from OAuth in time.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::webhook::Action;
use riverbank_store::due::{self, MemberKey};
use riverbank_store::{StoreError, Tx, members};

use super::source::{Source, for_each};
use crate::members::{bury, record};
use crate::webhooks::News;
use crate::{Engine, Fault};

/// The ends of the time that members wait for OAuth.
pub(super) struct PendingEnds;

#[async_trait]
impl Source for PendingEnds {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        due::next_pending(tx, after).await
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        let keys = due::pending(&*engine.store().read().await?, now).await?;
        for_each("a member could not be dropped", keys, |key| engine.drop_pending(key, now)).await
    }
}

impl Engine {
    /// The member goes for good.
    async fn drop_pending(&self, key: MemberKey, now: Timestamp) -> Result<(), Fault> {
        // What is told of it names its institution.
        self.catalogue().await?;
        let engine = self.clone();
        let drop = self.store().write(async move |tx| {
            let Some(mut member) = members::lock(tx, &key.user_guid, &key.guid).await? else {
                return Ok(());
            };
            if member.connection_status != Some(ConnectionStatus::Pending) {
                // Only its address was to die.
                member.pending_expires_at = None;
                member.oauth_token_hash = None;
                member.oauth_token = None;
                return Ok(members::save(tx, &member).await?);
            }
            bury(tx, &mut member, now).await?;
            record(tx, &member, "members.expire", false).await?;
            let mut news = News::of_member(&engine, tx, &member).await?;
            news.member(&member, Action::Deleted)?;
            news.write().await
        });
        drop.await
    }
}
