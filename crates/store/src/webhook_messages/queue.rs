//! The queue: how senders take messages, hold them, and write what became of them.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::guid::{WebhookEndpointGuid, WebhookMessageGuid};

use super::{Message, MessageState};
use crate::db::{StoreError, Tx, params, row, statements};
use crate::machine_time::microseconds;

row! {
    /// An endpoint with something to be sent.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DueEndpoint {
        /// The endpoint.
        pub guid: WebhookEndpointGuid,
        /// Not tried before; then one message at a time.
        pub paused_until: Option<Timestamp>,
        /// When its first message is due; none when nothing waits.
        pub first_due: Option<Timestamp> =
            "(select min(m.due_at) from webhook_messages m where m.endpoint_guid = e.guid and m.state = 'READY')",
    }
}

/// How a worker takes messages of an endpoint.
#[derive(Clone, Copy, Debug)]
pub struct TakeTerms<'a> {
    /// Who takes them; no two workers have the same name.
    pub owner: &'a str,
    /// How many at most.
    pub limit: i64,
    /// How long they are held without a renewal.
    pub lease: Duration,
    /// Business time.
    pub now: Timestamp,
}

/// What became of a message after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Where it stands now.
    pub state: MessageState,
    /// Tries that are left to it.
    pub tries_left: i64,
    /// When it is due again.
    pub due_at: Timestamp,
    /// When it ended, if it did.
    pub ended_at: Option<Timestamp>,
}

statements! {
    DUE: DueEndpoint = "select {columns e} from webhook_endpoints e where e.disabled_at is null";
    // A message waits for those before it in its lane that are due or on their way.
    TAKE: Message = {
        sqlite: "with taken as (
                select m.guid from webhook_messages m
                where m.endpoint_guid = $1 and m.state = 'READY' and m.due_at <= $2
                    and not exists (select 1 from webhook_messages e
                        where e.endpoint_guid = m.endpoint_guid and e.lane = m.lane and e.number < m.number
                        and e.ended_at is null and (e.state = 'SENDING' or e.due_at <= $2))
                order by m.due_at, m.number limit $3)
            update webhook_messages set state = 'SENDING', lease_owner = $4, lease_until = {machine_now} + $5,
                epoch = (select number from epoch)
            where guid in (select guid from taken)
            returning {columns}",
        postgres: "with taken as (
                select m.guid from webhook_messages m
                where m.endpoint_guid = $1 and m.state = 'READY' and m.due_at <= $2
                    and not exists (select 1 from webhook_messages e
                        where e.endpoint_guid = m.endpoint_guid and e.lane = m.lane and e.number < m.number
                        and e.ended_at is null and (e.state = 'SENDING' or e.due_at <= $2))
                order by m.due_at, m.number limit $3
                for update of m skip locked)
            update webhook_messages set state = 'SENDING', lease_owner = $4, lease_until = {machine_now} + $5,
                epoch = (select number from epoch)
            from taken where webhook_messages.guid = taken.guid
            returning {columns webhook_messages}",
    };
    RENEW = "update webhook_messages set lease_until = {machine_now} + $1
        where state = 'SENDING' and lease_owner = $2";
    EXPIRED: (i64,) = "select count(*) from webhook_messages
        where state = 'SENDING' and lease_until <= {machine_now}";
    RECLAIM = "update webhook_messages set state = 'READY', lease_owner = null, lease_until = null
        where state = 'SENDING' and lease_until <= {machine_now}";
    RECLAIM_ALL = "update webhook_messages set state = 'READY', lease_owner = null, lease_until = null
        where state = 'SENDING'";
    RELEASE = "update webhook_messages set state = 'READY', lease_owner = null, lease_until = null
        where state = 'SENDING' and lease_owner = $1";
    RELEASE_ONE = "update webhook_messages set state = 'READY', lease_owner = null, lease_until = null
        where guid = $1 and state = 'SENDING' and lease_owner = $2";
    END_LEASES = "update webhook_messages set lease_until = 0 where state = 'SENDING'";
    TRIED = "update webhook_messages set state = $1, attempts = attempts + 1, tries_left = $2, due_at = $3,
            ended_at = $4, lease_owner = null, lease_until = null
        where guid = $5 and state = 'SENDING' and lease_owner = $6 and attempts = $7 and epoch = $8";
    HOLD_BACK = "update webhook_messages set due_at = $1
        where endpoint_guid = $2 and lane = $3 and number > $4 and ended_at is null and state = 'READY' and due_at < $1";
    GIVE_UP = "update webhook_messages set state = 'FAILED', ended_at = $1
        where endpoint_guid = $2 and state = 'READY'";
    GIVE_UP_EXPIRED = "update webhook_messages set state = 'FAILED', ended_at = $1
        where endpoint_guid = $2 and state = 'READY' and due_at <= $1 and expires_at <= $1";
    // One statement: what changes hands between two would be in nobody's.
    BUSY: (i64,) = "select (select count(*) from webhook_messages where state = 'SENDING')
        + (select count(*) from webhook_endpoints e where e.disabled_at is null and coalesce(e.paused_until, $1) <= $1
            and exists (select 1 from webhook_messages m
                where m.endpoint_guid = e.guid and m.state = 'READY' and m.due_at <= $1))";
    BRING_FORWARD = "update webhook_messages set due_at = due_at - $1 where state = 'READY' and due_at > $2
        and endpoint_guid in (select guid from webhook_endpoints)";
}

/// The endpoints that are not disabled, with what waits for them.
pub async fn due(tx: &Tx) -> Result<Vec<DueEndpoint>, StoreError> {
    tx.query(&DUE, params![]).await
}

/// Takes messages of an endpoint that are due, in their order. No two of them are of one lane, but those that go
/// together.
pub async fn take(
    tx: &Tx,
    endpoint: &WebhookEndpointGuid,
    terms: &TakeTerms<'_>,
) -> Result<Vec<Message>, StoreError> {
    let lease = microseconds(terms.lease);
    let mut taken = tx.query(&TAKE, params![endpoint, terms.now, terms.limit, terms.owner, lease]).await?;
    taken.sort_by(|one, other| {
        (one.due_at, one.number, &one.guid).cmp(&(other.due_at, other.number, &other.guid))
    });
    Ok(taken)
}

/// Holds for longer what `owner` holds.
pub async fn renew(tx: &Tx, owner: &str, lease: Duration) -> Result<(), StoreError> {
    tx.execute(&RENEW, params![microseconds(lease), owner]).await.map(drop)
}

/// Whether the lease of some message ran out.
pub async fn has_expired_leases(tx: &Tx) -> Result<bool, StoreError> {
    tx.query_one(&EXPIRED, params![]).await.map(|(count,)| count > 0)
}

/// Puts messages whose lease ran out back.
pub async fn reclaim(tx: &Tx) -> Result<(), StoreError> {
    tx.execute(&RECLAIM, params![]).await.map(drop)
}

/// Puts every message that is being sent back: for the only server of a database, as it starts.
pub async fn reclaim_all(tx: &Tx) -> Result<(), StoreError> {
    tx.execute(&RECLAIM_ALL, params![]).await.map(drop)
}

/// Gives back what a worker holds, as it stops.
pub async fn release(tx: &Tx, owner: &str) -> Result<(), StoreError> {
    tx.execute(&RELEASE, params![owner]).await.map(drop)
}

/// Gives one message back untried.
pub async fn release_one(tx: &Tx, guid: &WebhookMessageGuid, owner: &str) -> Result<(), StoreError> {
    tx.execute(&RELEASE_ONE, params![guid, owner]).await.map(drop)
}

/// Lets every lease run out at once: for a database that was moved, whose workers are not coming back.
pub async fn end_leases(tx: &Tx) -> Result<(), StoreError> {
    tx.execute(&END_LEASES, params![]).await.map(drop)
}

/// Writes what became of a message that `owner` has tried to send; false when it is no longer in its hands.
pub async fn tried(tx: &Tx, message: &Message, owner: &str, tried: &Tried) -> Result<bool, StoreError> {
    let Tried { state, tries_left, due_at, ended_at } = tried;
    let written = tx
        .execute(
            &TRIED,
            params![
                state,
                tries_left,
                due_at,
                ended_at,
                message.guid,
                owner,
                message.attempts,
                message.epoch
            ],
        )
        .await?;
    Ok(written > 0)
}

/// Lets those behind a message wait for it until it is due again.
pub async fn hold_back(tx: &Tx, message: &Message, until: Timestamp) -> Result<(), StoreError> {
    tx.execute(&HOLD_BACK, params![until, message.endpoint_guid, message.lane, message.number])
        .await
        .map(drop)
}

/// Gives up all that waits for an endpoint.
pub async fn give_up(tx: &Tx, endpoint: &WebhookEndpointGuid, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&GIVE_UP, params![at, endpoint]).await.map(drop)
}

/// Gives up what has waited for too long for an endpoint that was found dead just now.
pub async fn give_up_expired(
    tx: &Tx,
    endpoint: &WebhookEndpointGuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&GIVE_UP_EXPIRED, params![at, endpoint]).await.map(drop)
}

/// Whether a message is on its way, or due to an endpoint that may be tried.
pub async fn is_busy(tx: &Tx, now: Timestamp) -> Result<bool, StoreError> {
    tx.query_one(&BUSY, params![now]).await.map(|(count,)| count > 0)
}

/// Makes messages that wait beyond `now` due so much earlier: for a business clock that was set back by as much.
pub async fn bring_forward(tx: &Tx, by: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    tx.execute(&BRING_FORWARD, params![by, now]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use riverbank_model::guid::Guid;

    use super::*;
    use crate::db::conformance::{Bench, rules};
    use crate::users::tests::{statement, with_two_users};

    rules! {
        async fn a_message_that_changes_hands_is_seen_at_any_moment(bench: Bench) {
            with_two_users(&bench).await;
            let ready = statement("update webhook_messages set state = 'READY', ended_at = null");
            bench.store.write(async move |tx| tx.execute(ready, params![]).await).await.unwrap();
            let now = Timestamp::UNIX_EPOCH;
            let store = bench.store.clone();
            let handing_on = tokio::spawn(async move {
                let endpoint = WebhookEndpointGuid::trusted("WHE-1".to_owned());
                let terms = TakeTerms { owner: "sender", limit: 10, lease: Duration::from_mins(5), now };
                for _ in 0..100 {
                    let endpoint = endpoint.clone();
                    let taken = store.write(async move |tx| take(tx, &endpoint, &terms).await).await.unwrap();
                    assert!(!taken.is_empty());
                    store.write(async |tx| release(tx, "sender").await).await.unwrap();
                }
            });
            while !handing_on.is_finished() {
                assert!(is_busy(&bench.store.read().await.unwrap(), now).await.unwrap());
            }
            handing_on.await.unwrap();
        }

        async fn what_waits_for_an_endpoint_that_rests_or_is_disabled_is_not_due(bench: Bench) {
            with_two_users(&bench).await;
            let now = Timestamp::UNIX_EPOCH;
            for (change, expected) in [
                ("update webhook_messages set state = 'READY', ended_at = null", true),
                ("update webhook_endpoints set paused_until = 1", false),
                ("update webhook_endpoints set paused_until = 0", true),
                ("update webhook_endpoints set disabled_at = 0", false),
                ("update webhook_endpoints set disabled_at = null", true),
                ("update webhook_messages set due_at = 1", false),
                ("update webhook_messages set state = 'SENDING', lease_owner = 'x', lease_until = 9", true),
            ] {
                let done = statement(change);
                bench.store.write(async move |tx| tx.execute(done, params![]).await).await.unwrap();
                assert_eq!(is_busy(&bench.store.read().await.unwrap(), now).await.unwrap(), expected, "{change}");
            }
        }
    }
}
