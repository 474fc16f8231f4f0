//! Messages to endpoints: an outbox, written with the change that they tell of, and a log once they have ended.
//!
//! A message is READY until a worker takes it under a lease, SENDING in its hands, and DELIVERED or FAILED at its end.
//! A lease that runs out is taken over. Leases are in machine time, all else is in business time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::guid::{UserGuid, WebhookEndpointGuid, WebhookMessageGuid};
use riverbank_model::webhook::EventKind;

use crate::db::{FromValue, Kind, StoreError, ToValue, Tx, Unreadable, Value, params, row, statements};
use crate::machine_time::microseconds;

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    /// To be sent at `due_at`.
    Ready,
    /// In the hands of a worker.
    Sending,
    /// The endpoint has taken it.
    Delivered,
    /// Given up.
    Failed,
}

impl MessageState {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Ready, "READY"),
        (Self::Sending, "SENDING"),
        (Self::Delivered, "DELIVERED"),
        (Self::Failed, "FAILED"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("FAILED", |(_, name)| name)
    }
}

impl ToValue for MessageState {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.name().into())
    }
}

impl FromValue for MessageState {
    const KIND: Kind = Kind::Text;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        let text = String::from_value(value)?;
        let known = Self::ALL.iter().find(|(_, name)| *name == text);
        known.map(|(state, _)| *state).ok_or(Unreadable("no state of a message"))
    }
}

row! {
    /// A message as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Message {
        /// Its id, the same at every try.
        pub guid: WebhookMessageGuid,
        /// Where it goes.
        pub endpoint_guid: WebhookEndpointGuid,
        /// Whose data it tells of.
        pub user_guid: UserGuid,
        /// Messages of one lane to one endpoint go out in order.
        pub lane: String,
        /// Its place in the lane.
        pub number: i64,
        /// What it is about.
        pub kind: EventKind,
        /// The body, JSON.
        pub payload: String,
        /// What is echoed in a header.
        pub callback_payload: Option<String>,
        /// Where it stands.
        pub state: MessageState,
        /// Tries so far.
        pub attempts: i64,
        /// Tries that are left to it.
        pub tries_left: i64,
        /// When it is to be sent; business time.
        pub due_at: Timestamp,
        /// An endpoint that is found to be dead after this gets it no more.
        pub expires_at: Timestamp,
        /// Until when its worker holds it; machine time.
        pub lease_until: Option<i64>,
        /// Who holds it.
        pub lease_owner: Option<String>,
        /// The epoch of the sandbox in which its worker took it.
        pub epoch: i64,
        /// When what it tells of happened.
        pub created_at: Timestamp,
        /// When it was delivered or given up.
        pub ended_at: Option<Timestamp>,
    }
}

row! {
    /// The message at the end of a lane.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LaneEnd {
        /// Its place.
        pub number: i64,
        /// Where it stands.
        pub state: MessageState,
        /// Tries so far.
        pub attempts: i64,
        /// When it is to be sent.
        pub due_at: Timestamp,
    }
}

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
    STORE for Message = "insert into webhook_messages ({columns}) {rows} on conflict (guid) do nothing";
    LANE_END: LaneEnd = "select {columns} from webhook_messages
        where user_guid = $1 and endpoint_guid = $2 and lane = $3 order by number desc limit 1";
    FIND: Message = "select {columns} from webhook_messages where guid = $1";
    LOG: Message = "select {columns} from webhook_messages where endpoint_guid = $1 and created_at <= $2
        order by created_at desc, number desc, guid limit $3 offset $4";
    // A user's lanes; a user has no more messages than are kept for some days.
    OF_LANE: Message = "select {columns} from webhook_messages
        where user_guid = $1 and lane = $2 and created_at + 0 <= $3 order by created_at + 0 desc, guid limit $4";
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
    REPLAY = "update webhook_messages set state = 'READY', tries_left = $1, due_at = $2, expires_at = $3,
            ended_at = null
        where guid = $4 and ended_at is not null";
    REPLAY_SINCE = "update webhook_messages set state = 'READY', tries_left = $1, due_at = $2, expires_at = $3,
            ended_at = null
        where endpoint_guid = $4 and created_at >= $5 and ended_at is not null";
    SENDING: (i64,) = "select count(*) from webhook_messages where state = 'SENDING'";
    BRING_FORWARD = "update webhook_messages set due_at = due_at - $1 where state = 'READY' and due_at > $2
        and endpoint_guid in (select guid from webhook_endpoints)";
    FORGET_USER = "delete from webhook_messages where user_guid = $1 and ended_at is not null";
}

/// Writes new messages. One whose id is there already tells of the same again, and is not written.
pub async fn store(tx: &Tx, messages: &[Message]) -> Result<(), StoreError> {
    tx.execute_rows(&STORE, messages).await.map(drop)
}

/// The last message of a lane, ended or not.
pub async fn lane_end(
    tx: &Tx,
    user: &UserGuid,
    endpoint: &WebhookEndpointGuid,
    lane: &str,
) -> Result<Option<LaneEnd>, StoreError> {
    tx.query_opt(&LANE_END, params![user, endpoint, lane]).await
}

/// A message by its id.
pub async fn find(tx: &Tx, guid: &WebhookMessageGuid) -> Result<Option<Message>, StoreError> {
    tx.query_opt(&FIND, params![guid]).await
}

/// Messages to an endpoint that were made at `until` or before, newest first, without the first `skip`.
pub async fn log(
    tx: &Tx,
    endpoint: &WebhookEndpointGuid,
    until: Timestamp,
    limit: i64,
    skip: i64,
) -> Result<Vec<Message>, StoreError> {
    tx.query(&LOG, params![endpoint, until, limit, skip]).await
}

/// Messages of a lane to whatever endpoint that were made at `until` or before, newest first.
pub async fn of_lane(
    tx: &Tx,
    user: &UserGuid,
    lane: &str,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    tx.query(&OF_LANE, params![user, lane, until, limit]).await
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

/// How messages are put back to be sent once more.
#[derive(Clone, Copy, Debug)]
pub struct Replay {
    /// Tries that are left to them.
    pub tries: i64,
    /// When they are due.
    pub at: Timestamp,
    /// See [`Message::expires_at`].
    pub expires_at: Timestamp,
}

/// Sends a message once more that has ended; false when there is none.
pub async fn replay(tx: &Tx, guid: &WebhookMessageGuid, replay: &Replay) -> Result<bool, StoreError> {
    let Replay { tries, at, expires_at } = replay;
    tx.execute(&REPLAY, params![tries, at, expires_at, guid]).await.map(|replayed| replayed > 0)
}

/// Sends all messages to an endpoint once more that were made since `since` and have ended; how many they are.
pub async fn replay_since(
    tx: &Tx,
    endpoint: &WebhookEndpointGuid,
    since: Timestamp,
    replay: &Replay,
) -> Result<u64, StoreError> {
    let Replay { tries, at, expires_at } = replay;
    tx.execute(&REPLAY_SINCE, params![tries, at, expires_at, endpoint, since]).await
}

/// Whether some message is on its way.
pub async fn is_sending(tx: &Tx) -> Result<bool, StoreError> {
    tx.query_one(&SENDING, params![]).await.map(|(count,)| count > 0)
}

/// Makes messages that wait beyond `now` due so much earlier: for a business clock that was set back by as much.
pub async fn bring_forward(tx: &Tx, by: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    tx.execute(&BRING_FORWARD, params![by, now]).await.map(drop)
}

/// Removes what was told of a user, but for what is still to be told.
pub async fn forget_user(tx: &Tx, user: &UserGuid) -> Result<(), StoreError> {
    tx.execute(&FORGET_USER, params![user]).await.map(drop)
}
