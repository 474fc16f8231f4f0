//! Questions whose answers did not come in time.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_store::due::{self, MemberKey};
use riverbank_store::{StoreError, Tx, jobs, members};

use super::source::{Source, for_each};
use crate::members::{drop_challenges, record, touch};
use crate::webhooks::News;
use crate::{Engine, Fault};

/// The ends of the time that answers have.
pub(super) struct ChallengeExpiries;

#[async_trait]
impl Source for ChallengeExpiries {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        due::next_challenge(tx, after).await
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        let keys = due::challenges(&*engine.store().read().await?, now).await?;
        for_each("a challenge could not expire", keys, |key| engine.expire_challenge(key, now)).await
    }
}

impl Engine {
    /// The member is EXPIRED and its job ends.
    async fn expire_challenge(&self, key: MemberKey, now: Timestamp) -> Result<(), Fault> {
        // What is told of it names its institution.
        self.catalogue().await?;
        let engine = self.clone();
        let expiry = self.store().write(async move |tx| {
            let Some(mut member) = members::lock(tx, &key.user_guid, &key.guid).await? else {
                return Ok(());
            };
            if member.challenge_expires_at.is_none_or(|end| now < end) {
                return Ok(());
            }
            if let Some(live) = member.live_job_guid.clone()
                && let Some(mut job) = jobs::lock(tx, &key.user_guid, &live).await?
            {
                job.outcome = Some(ConnectionStatus::Expired);
                engine.halt(tx, &mut member, &mut job, "the answers did not come in time", now).await?;
            }
            drop_challenges(tx, &mut member).await?;
            let before = member.connection_status.replace(ConnectionStatus::Expired);
            touch(&mut member, now);
            members::save(tx, &member).await?;
            record(tx, &member, "challenges.expire", false).await?;
            let mut news = News::of_member(&engine, tx, &member).await?;
            news.status(&member, before)?;
            news.write().await
        });
        expiry.await
    }
}
