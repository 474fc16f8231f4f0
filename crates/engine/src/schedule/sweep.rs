//! One sweep: everything that is due at a moment of business time.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_store::due::{self, MemberKey};
use riverbank_store::{Tx, api_tokens, jobs, members, sessions};

use crate::members::{drop_challenges, halt, touch};
use crate::sessions::DEAD_AFTER;
use crate::{Engine, Fault};

impl Engine {
    /// Does what is due now: expires challenges, purges, forgets dead tokens and sessions. How much it did.
    pub(crate) async fn sweep(&self) -> Result<usize, Fault> {
        let now = self.now();
        let mut done = 0;
        for key in self.due_challenges(now).await? {
            self.expire_challenge(key, now).await?;
            done += 1;
        }
        for key in self.due_pending(now).await? {
            self.drop_pending(key, now).await?;
            done += 1;
        }
        done += self.purge_due(now).await?;
        self.forget_tokens(now).await?;
        Ok(done)
    }

    async fn due_challenges(&self, now: Timestamp) -> Result<Vec<MemberKey>, Fault> {
        Ok(due::challenges(&*self.parts.store.read().await?, now).await?)
    }

    async fn due_pending(&self, now: Timestamp) -> Result<Vec<MemberKey>, Fault> {
        Ok(due::pending(&*self.parts.store.read().await?, now).await?)
    }

    /// The answers did not come in time: the member is EXPIRED and its job ends.
    async fn expire_challenge(&self, key: MemberKey, now: Timestamp) -> Result<(), Fault> {
        self.parts
            .store
            .write(async move |tx| {
                let Some(mut member) = members::lock(tx, &key.user_guid, &key.guid).await? else { return Ok(()) };
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
                Ok(members::save(tx, &member).await?)
            })
            .await
    }

    /// The end user did not come back from OAuth in time: the member goes for good.
    async fn drop_pending(&self, key: MemberKey, now: Timestamp) -> Result<(), Fault> {
        self.parts
            .store
            .write(async move |tx| {
                let Some(mut member) = members::lock(tx, &key.user_guid, &key.guid).await? else { return Ok(()) };
                if member.connection_status != Some(ConnectionStatus::Pending) {
                    member.pending_expires_at = None;
                    return Ok(members::save(tx, &member).await?);
                }
                Ok(hide_pending(tx, &mut member, now).await?)
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

async fn hide_pending(
    tx: &Tx,
    member: &mut members::Member,
    now: Timestamp,
) -> Result<(), riverbank_store::StoreError> {
    if let Some(external) = &member.external_guid {
        members::release_external_guid(tx, member, external).await?;
    }
    touch(member, now);
    member.pending_expires_at = None;
    member.oauth_token_hash = None;
    member.oauth_token = None;
    member.deleted_at = Some(now);
    member.purge_at = Some(now);
    members::save(tx, member).await
}
