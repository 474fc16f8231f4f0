//! Messages to endpoints: an outbox, written with the change that they tell of, and a log once they have ended.
//!
//! A message is READY until a worker takes it under a lease, SENDING in its hands, and DELIVERED or FAILED at its end.
//! A lease that runs out is taken over. Leases are in machine time, all else is in business time.

pub(crate) mod queue;

use jiff::Timestamp;
use riverbank_model::guid::{UserGuid, WebhookEndpointGuid, WebhookMessageGuid};
use riverbank_model::webhook::EventKind;

pub use queue::{
    DueEndpoint, TakeTerms, Tried, bring_forward, due, end_leases, give_up, give_up_expired,
    has_expired_leases, hold_back, is_busy, reclaim, reclaim_all, release, release_one, renew, take, tried,
};

use crate::db::{FromValue, Kind, StoreError, ToValue, Tx, Unreadable, Value, params, row, statements};

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
    REPLAY = "update webhook_messages set state = 'READY', tries_left = $1, due_at = $2, expires_at = $3,
            ended_at = null
        where guid = $4 and ended_at is not null";
    REPLAY_SINCE = "update webhook_messages set state = 'READY', tries_left = $1, due_at = $2, expires_at = $3,
            ended_at = null
        where endpoint_guid = $4 and created_at >= $5 and ended_at is not null";
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

/// Removes what was told of a user, but for what is still to be told.
pub async fn forget_user(tx: &Tx, user: &UserGuid) -> Result<(), StoreError> {
    tx.execute(&FORGET_USER, params![user]).await.map(drop)
}
