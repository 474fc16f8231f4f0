//! Deleting a member: `DELETE /members/{member_guid}`.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::limits::PURGE_AFTER;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::deletions::Deletion;
use riverbank_store::due::MemberKey;
use riverbank_store::holdings::{self, HoldingFilter};
use riverbank_store::members::Member;
use riverbank_store::{StoreError, Tx, accounts, deletions, jobs, members, returning_consents, transactions};

use super::start::drop_challenges;
use super::{record, touch};
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Transactions that are hidden, and told of, in one unit of work.
const SLICE: i64 = 500;

/// How to delete a member.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeleteMember {
    /// No webhook for this deletion.
    pub skip_webhook: bool,
}

impl Engine {
    /// Deletes a member with what it brought in: hidden when this returns, purged after two weeks, or at once when it waits for
    /// OAuth. False when there is no such member.
    pub async fn delete_member(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        request: DeleteMember,
    ) -> Result<bool, Fault> {
        // What is told of a member names its institution.
        self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let key = MemberKey { user_guid: caller.user.clone(), guid: guid.clone() };
        let writing = self
            .parts
            .store
            .write(async move |tx| engine.write_deleted_member(tx, &caller, &guid, request).await);
        let is_deleted = writing.await?;
        if is_deleted {
            self.finish_deletion(key).await?;
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
            self.tell_of_deletion(tx, &member, caller).await?;
        }
        if member.is_oauth && returning_consents::keep_of_member(tx, &member, now).await? {
            tx.wake_workers();
        }
        members::delete_belongings(tx, &member, now).await?;
        let deletion = Deletion {
            user_guid: member.user_guid.clone(),
            member_guid: member.guid.clone(),
            is_told: !request.skip_webhook,
            at: now,
        };
        if !self.hide_some(tx, &member, &deletion).await? {
            deletions::insert(tx, &deletion).await?;
        }
        record(tx, &member, "members.delete", request.skip_webhook).await?;
        Ok(true)
    }
}

impl Engine {
    /// Goes on with a deletion until nothing of the member is seen any more. A slice is a unit of work of its own, so that
    /// nobody waits for long behind a member with many transactions.
    pub(crate) async fn finish_deletion(&self, key: MemberKey) -> Result<(), Fault> {
        loop {
            let (engine, key) = (self.clone(), key.clone());
            let slice = self.store().write(async move |tx| {
                let member = members::lock_deleted(tx, &key.user_guid, &key.guid).await?;
                let begun = deletions::find(tx, &key.user_guid, &key.guid).await?;
                let (Some(member), Some(deletion)) = (member, begun) else { return Ok(true) };
                let is_last = engine.hide_some(tx, &member, &deletion).await?;
                if is_last {
                    deletions::end(tx, &deletion).await?;
                }
                Ok::<_, Fault>(is_last)
            });
            if slice.await? {
                return Ok(());
            }
        }
    }

    /// Hides a slice of the member's transactions and tells of them; whether there are no more.
    async fn hide_some(&self, tx: &Tx, member: &Member, deletion: &Deletion) -> Result<bool, Fault> {
        let (user, guid) = (&member.user_guid, &member.guid);
        let hidden = transactions::hide_some(tx, user, guid, deletion.at, SLICE).await?;
        let is_last = i64::try_from(hidden.len()).is_ok_and(|count| count < SLICE);
        if deletion.is_told && !hidden.is_empty() {
            let mut news = News::of_member(self, tx, member).await?;
            news.transactions(hidden, member).await?;
            news.write().await?;
        }
        Ok(is_last)
    }

    /// Tells that a member is deleted, and each of its accounts with it. Before they are hidden.
    async fn tell_of_deletion(&self, tx: &Tx, member: &Member, caller: &Caller) -> Result<(), Fault> {
        let mut news = News::of_member(self, tx, member).await?.echoing(caller.callback_payload.as_deref());
        news.member(member, Action::Deleted)?;
        if news.hears(EventKind::Account) {
            for account in accounts::of_member(tx, &member.user_guid, &member.guid).await? {
                news.account(&account, member, Action::Deleted)?;
            }
        }
        if news.hears(EventKind::Holding) {
            let filter = HoldingFilter { member: Some(&member.guid), ..HoldingFilter::default() };
            for holding in holdings::list(tx, &member.user_guid, &filter).await? {
                news.holding(&holding, member, Action::Deleted)?;
            }
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

#[cfg(test)]
mod tests {
    use riverbank_testkit::webhook_sink::WebhookSink;

    use super::*;
    use crate::testing::{Backend, Bench};

    /// A member at MX Bank with more transactions than fit into two slices.
    async fn large_member(bench: &Bench, caller: &Caller) -> Member {
        let member = bench.mx_bank_member(caller, "fine").await.member;
        bench.run_jobs().await;
        let reader = bench.engine.store().read().await.unwrap();
        let rows = transactions::of_member(&reader, &caller.user, &member.guid).await.unwrap();
        drop(reader);
        let copies = rows.into_iter().map(|row| riverbank_store::transactions::Transaction {
            guid: bench.engine.guid_within(&row.user_guid, &row.guid, 1),
            feed_id: None,
            ..row
        });
        let copies: Vec<_> = copies.collect();
        let write = bench.engine.store().write(async move |tx| transactions::store(tx, &copies).await);
        write.await.unwrap();
        let reader = bench.engine.store().read().await.unwrap();
        assert!(live(&reader, &member).await > 2 * usize::try_from(SLICE).unwrap());
        member
    }

    async fn live(tx: &Tx, member: &Member) -> usize {
        transactions::of_member(tx, &member.user_guid, &member.guid).await.unwrap().len()
    }

    async fn a_large_member(backend: Backend) {
        let bench = Bench::with_test_banks(backend).await;
        let caller = bench.session("acme", "u").await.caller;
        let member = large_member(&bench, &caller).await;
        let reader = bench.engine.store().read().await.unwrap();
        let count = live(&reader, &member).await;
        drop(reader);
        let sink = WebhookSink::start().await.unwrap();
        let endpoint = bench.endpoint("acme", &sink.url(), "member,account,transaction").await;
        // As if the server had died after the first unit of work.
        let (engine, by, guid) = (bench.engine.clone(), caller.clone(), member.guid.clone());
        let begun = bench.engine.store().write(async move |tx| {
            engine.write_deleted_member(tx, &by, &guid, DeleteMember::default()).await
        });
        assert!(begun.await.unwrap());
        let reader = bench.engine.store().read().await.unwrap();
        assert_eq!(live(&reader, &member).await, count - usize::try_from(SLICE).unwrap());
        drop(reader);
        bench.sweep().await;
        let reader = bench.engine.store().read().await.unwrap();
        assert_eq!(live(&reader, &member).await, 0);
        assert_eq!(deletions::all(&reader).await.unwrap(), []);
        drop(reader);
        // Each is told once, after its member and its accounts.
        let mut log = bench.engine.webhook_log(&endpoint, 10_000).await.unwrap();
        log.sort_by_key(|message| message.number);
        let kinds: Vec<_> = log.iter().map(|message| message.kind).collect();
        let expected: Vec<_> = [EventKind::Member]
            .into_iter()
            .chain([EventKind::Account; 6])
            .chain(std::iter::repeat_n(EventKind::Transaction, count))
            .collect();
        assert_eq!(kinds, expected);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_large_member_is_hidden_and_told_of_piece_by_piece_even_if_a_server_dies_over_it_on_sqlite() {
        a_large_member(Backend::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_large_member_is_hidden_and_told_of_piece_by_piece_even_if_a_server_dies_over_it_on_postgres() {
        a_large_member(Backend::Postgres).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn nothing_of_a_large_member_is_left_when_its_deletion_is_answered() {
        let bench = Bench::with_test_banks(Backend::Sqlite).await;
        let caller = bench.session("acme", "u").await.caller;
        let member = large_member(&bench, &caller).await;
        assert!(bench.engine.delete_member(&caller, &member.guid, DeleteMember::default()).await.unwrap());
        let reader = bench.engine.store().read().await.unwrap();
        assert_eq!(live(&reader, &member).await, 0);
        assert_eq!(deletions::all(&reader).await.unwrap(), []);
    }
}
