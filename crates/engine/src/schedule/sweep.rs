//! One sweep: everything that is due at a moment of business time.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_store::due::{self, MemberKey};
use riverbank_store::{api_tokens, jobs, members, sessions};

use crate::members::{bury, drop_challenges, halt, record, touch};
use crate::sessions::DEAD_AFTER;
use crate::{Engine, Fault};

impl Engine {
    /// Does what is due now: expires challenges, purges, forgets dead tokens and sessions. How much it did.
    ///
    /// What fails is logged and left for the next sweep; it holds nothing else up, unless the database is away.
    pub(crate) async fn sweep(&self) -> Result<usize, Fault> {
        let now = self.now();
        let mut done = 0;
        for key in self.due_challenges(now).await? {
            let expired = self.expire_challenge(key.clone(), now).await;
            done += counted("a challenge could not expire", &key, expired)?;
        }
        for key in self.due_pending(now).await? {
            let dropped = self.drop_pending(key.clone(), now).await;
            done += counted("a member could not be dropped", &key, dropped)?;
        }
        for key in self.due_purges(now).await? {
            done += counted("a member could not be purged", &key, self.purge(key.clone()).await)?;
        }
        self.forget_tokens(now).await?;
        Ok(done)
    }

    async fn due_challenges(&self, now: Timestamp) -> Result<Vec<MemberKey>, Fault> {
        Ok(due::challenges(&*self.parts.store.read().await?, now).await?)
    }

    async fn due_pending(&self, now: Timestamp) -> Result<Vec<MemberKey>, Fault> {
        Ok(due::pending(&*self.parts.store.read().await?, now).await?)
    }

    async fn due_purges(&self, now: Timestamp) -> Result<Vec<MemberKey>, Fault> {
        Ok(due::purges(&*self.parts.store.read().await?, now).await?)
    }

    /// The answers did not come in time: the member is EXPIRED and its job ends.
    async fn expire_challenge(&self, key: MemberKey, now: Timestamp) -> Result<(), Fault> {
        self.parts
            .store
            .write(async move |tx| {
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
                    halt(tx, &mut member, &mut job, "the answers did not come in time", now).await?;
                }
                drop_challenges(tx, &mut member).await?;
                member.connection_status = Some(ConnectionStatus::Expired);
                touch(&mut member, now);
                members::save(tx, &member).await?;
                Ok(record(tx, &member, "challenges.expire", false).await?)
            })
            .await
    }

    /// The end user did not come back from OAuth in time: the member goes for good.
    async fn drop_pending(&self, key: MemberKey, now: Timestamp) -> Result<(), Fault> {
        self.parts
            .store
            .write(async move |tx| {
                let Some(mut member) = members::lock(tx, &key.user_guid, &key.guid).await? else {
                    return Ok(());
                };
                if member.connection_status != Some(ConnectionStatus::Pending) {
                    member.pending_expires_at = None;
                    return Ok(members::save(tx, &member).await?);
                }
                bury(tx, &mut member, now).await?;
                Ok(record(tx, &member, "members.expire", false).await?)
            })
            .await
    }

    async fn forget_tokens(&self, now: Timestamp) -> Result<(), Fault> {
        let idle = now.checked_sub(DEAD_AFTER).unwrap_or(Timestamp::MIN);
        let reader = self.parts.store.read().await?;
        let any = due::has_dead_tokens(&reader, now, idle).await?;
        drop(reader);
        if any {
            self.parts
                .store
                .write(async move |tx| {
                    api_tokens::delete_expired(tx, now).await?;
                    sessions::delete_idle(tx, idle).await.map(drop)
                })
                .await?;
        }
        Ok(())
    }
}

/// One more thing done, or none and a line in the log. While the database is away, nothing else would be done either.
fn counted(what: &str, member: &MemberKey, result: Result<(), Fault>) -> Result<usize, Fault> {
    match result {
        Ok(()) => Ok(1),
        Err(fault @ Fault::Unavailable(_)) => Err(fault),
        Err(fault) => {
            tracing::error!(member = %member.guid, error = &fault as &dyn std::error::Error, "{what}");
            Ok(0)
        }
    }
}
