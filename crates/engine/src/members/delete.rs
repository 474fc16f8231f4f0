//! Deleting a member: `DELETE /members/{member_guid}`.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::limits::PURGE_AFTER;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::members::Member;
use riverbank_store::{StoreError, Tx, accounts, jobs, members, transactions};

use super::start::drop_challenges;
use super::{record, touch};
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// How to delete a member.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeleteMember {
    /// No webhook for this deletion.
    pub skip_webhook: bool,
}

impl Engine {
    /// Deletes a member with what it brought in: hidden at once, purged after two weeks, or at once when it waits for
    /// OAuth. False when there is no such member.
    pub async fn delete_member(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        request: DeleteMember,
    ) -> Result<bool, Fault> {
        // What is told of a member names its institution.
        self.catalogue().await?;
        let consent = self.consent_to_give_back(&caller.user, guid).await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self
            .parts
            .store
            .write(async move |tx| engine.write_deleted_member(tx, &caller, &guid, request).await);
        let is_deleted = writing.await?;
        if let Some((provider, tokens)) = consent.filter(|_| is_deleted) {
            self.give_back(provider, tokens);
        }
        Ok(is_deleted)
    }

    async fn write_deleted_member(
        &self,
        tx: &Tx,
        caller: &Caller,
        guid: &MemberGuid,
        request: DeleteMember,
    ) -> Result<bool, Fault> {
        let Some(mut member) = members::lock(tx, &caller.user, guid).await? else { return Ok(false) };
        let now = self.now();
        if let Some(live) = member.live_job_guid.clone()
            && let Some(mut job) = jobs::lock(tx, &caller.user, &live).await?
        {
            self.halt(tx, &mut member, &mut job, "the member was deleted", now).await?;
        }
        drop_challenges(tx, &mut member).await?;
        bury(tx, &mut member, now).await?;
        if !request.skip_webhook {
            self.tell_of_deletion(tx, &member, caller, now).await?;
        }
        members::delete_belongings(tx, &member, now).await?;
        record(tx, &member, "members.delete", request.skip_webhook).await?;
        Ok(true)
    }
}

impl Engine {
    /// Tells that a member is deleted, and each of its accounts and transactions with it. Before they are hidden.
    async fn tell_of_deletion(
        &self,
        tx: &Tx,
        member: &Member,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let mut news = News::of_member(self, tx, member).await?.echoing(caller.callback_payload.as_deref());
        news.member(member, Action::Deleted)?;
        if news.hears(EventKind::Account) {
            for account in accounts::of_member(tx, &member.user_guid, &member.guid).await? {
                news.account(&account, member, Action::Deleted)?;
            }
        }
        if news.hears(EventKind::Transaction) {
            let mut rows = transactions::of_member(tx, &member.user_guid, &member.guid).await?;
            for row in &mut rows {
                row.deleted_at = Some(now);
            }
            news.transactions(rows, member)?;
        }
        news.write().await
    }
}

/// Hides a locked member, gives its external id back, and has it purged: after two weeks, or at once when it waits for
/// OAuth.
pub(crate) async fn bury(tx: &Tx, member: &mut Member, now: Timestamp) -> Result<(), StoreError> {
    if let Some(external) = &member.external_guid {
        members::release_external_guid(tx, member, external).await?;
    }
    let is_pending = member.connection_status == Some(ConnectionStatus::Pending);
    touch(member, now);
    member.deleted_at = Some(now);
    member.purge_at = if is_pending { Some(now) } else { now.checked_add(PURGE_AFTER).ok() };
    member.pending_expires_at = None;
    member.oauth_token_hash = None;
    member.oauth_token = None;
    members::save(tx, member).await
}
