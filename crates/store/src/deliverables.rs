//! What users are told over one channel each.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use riverbank_model::guid::{DeliverableGuid, NotificationGuid, UserGuid};
use riverbank_model::notification::Channel;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::machine_time::microseconds;
use crate::webhook_messages::MessageState;

row! {
    /// A deliverable as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Deliverable {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: DeliverableGuid,
        /// What it delivers.
        pub notification_guid: NotificationGuid,
        /// Over what; a notification has one for each at most.
        pub channel: Channel,
        /// What is delivered: HTML by e-mail, plain text over the others.
        pub content: String,
        /// Where it stands.
        pub state: MessageState,
        /// Tries that were begun.
        pub attempts: i64,
        /// When it is to be sent.
        pub due_at: Timestamp,
        /// Machine time until which a try is under way.
        pub lease_until: Option<i64>,
        /// Why it is not delivered, as of the last try.
        pub failure: Option<String>,
        /// When it was delivered.
        pub delivered_at: Option<Timestamp>,
        /// The user's own day on which it was.
        pub delivered_on: Option<Date>,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

statements! {
    INSERT for Deliverable = "insert into deliverables ({columns}) values ({values})
        on conflict (user_guid, notification_guid, channel) do nothing";
    OF_NOTIFICATION: Deliverable = "select {columns} from deliverables
        where user_guid = $1 and notification_guid = $2 order by channel";
    FIND: Deliverable = "select {columns} from deliverables
        where user_guid = $1 and guid = $2 and notification_guid = $3";
    TAKE: Deliverable = {
        sqlite: "with taken as (
                select user_guid, guid from deliverables
                where channel = $1 and state = 'READY' and due_at <= $2
                    and (lease_until is null or lease_until < {machine_now})
                order by due_at limit $3)
            update deliverables set attempts = attempts + 1, lease_until = {machine_now} + $4
            where (user_guid, guid) in (select * from taken)
            returning {columns}",
        postgres: "with taken as (
                select user_guid, guid from deliverables
                where channel = $1 and state = 'READY' and due_at <= $2
                    and (lease_until is null or lease_until < {machine_now})
                order by due_at limit $3
                for update skip locked)
            update deliverables set attempts = attempts + 1, lease_until = {machine_now} + $4
            from taken where deliverables.user_guid = taken.user_guid and deliverables.guid = taken.guid
            returning {columns deliverables}",
    };
    // A try that was taken over has fewer attempts than the row.
    SETTLE = "update deliverables set state = $1, due_at = $2, failure = $3, delivered_at = $4, delivered_on = $5,
            lease_until = null
        where user_guid = $6 and guid = $7 and state = 'READY' and attempts = $8";
    TAKEABLE: (i64,) = "select count(*) from (select 1 from deliverables
        where channel = $1 and state = 'READY' and due_at <= $2
            and (lease_until is null or lease_until < {machine_now}) limit 1) due";
    DUE: (i64,) = "select count(*) from (select 1 from deliverables
        where channel = $1 and state = 'READY' and due_at <= $2 limit 1) due";
    NEXT_DUE: (Option<i64>,) = "select min(due_at) from deliverables
        where channel = $1 and state = 'READY' and due_at > $2";
    BRING_FORWARD = "update deliverables set due_at = due_at - $1 where channel = $2 and state = 'READY' and due_at > $3";
    FREE = "update deliverables set lease_until = null where state = 'READY' and channel = $1";
}

/// Writes a new deliverable; false when its notification has one for the channel.
pub async fn insert(tx: &Tx, deliverable: &Deliverable) -> Result<bool, StoreError> {
    tx.execute(&INSERT, &deliverable.values()).await.map(|written| written > 0)
}

/// The deliverables of a notification, by the numbers of their channels.
pub async fn of_notification(
    tx: &Tx,
    user: &UserGuid,
    notification: &NotificationGuid,
) -> Result<Vec<Deliverable>, StoreError> {
    tx.query(&OF_NOTIFICATION, params![user, notification]).await
}

/// A deliverable of a notification.
pub async fn find(
    tx: &Tx,
    user: &UserGuid,
    notification: &NotificationGuid,
    guid: &DeliverableGuid,
) -> Result<Option<Deliverable>, StoreError> {
    tx.query_opt(&FIND, params![user, guid, notification]).await
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Where it stands now.
    pub state: MessageState,
    /// When it is tried again.
    pub due_at: Timestamp,
    /// Why it is not delivered.
    pub failure: Option<String>,
    /// When it was delivered, if it was.
    pub delivered_at: Option<Timestamp>,
    /// The user's own day of that.
    pub delivered_on: Option<Date>,
}

/// Takes what is due over a channel and in nobody's hands, no more than `limit`, and holds it for so long.
pub async fn take(
    tx: &Tx,
    channel: Channel,
    now: Timestamp,
    lease: Duration,
    limit: i64,
) -> Result<Vec<Deliverable>, StoreError> {
    tx.query(&TAKE, params![channel, now, limit, microseconds(lease)]).await
}

/// Writes what came of a try; false when it has been taken over since, or is gone.
pub async fn settle(tx: &Tx, one: &Deliverable, settled: &Settled) -> Result<bool, StoreError> {
    let Settled { state, due_at, failure, delivered_at, delivered_on } = settled;
    let (user, guid, attempts) = (&one.user_guid, &one.guid, one.attempts);
    let params = params![state, due_at, failure, delivered_at, delivered_on, user, guid, attempts];
    tx.execute(&SETTLE, params).await.map(|written| written > 0)
}

/// Whether one is due over a channel and in nobody's hands.
pub async fn can_be_taken(tx: &Tx, channel: Channel, now: Timestamp) -> Result<bool, StoreError> {
    tx.query_one(&TAKEABLE, params![channel, now]).await.map(|(count,)| count > 0)
}

/// Whether one is due, be it in somebody's hands or not.
pub async fn is_due(tx: &Tx, now: Timestamp) -> Result<bool, StoreError> {
    for channel in Channel::ALL {
        let (count,) = tx.query_one(&DUE, params![channel, now]).await?;
        if count > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When the first one is tried after `after`.
pub async fn next_due(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let mut first: Option<Timestamp> = None;
    for channel in Channel::ALL {
        let (next,) = tx.query_one(&NEXT_DUE, params![channel, after]).await?;
        let next = next.and_then(|micros| Timestamp::from_microsecond(micros).ok());
        first = first.into_iter().chain(next).min();
    }
    Ok(first)
}

/// Makes what waits beyond `now` due so much earlier: for a business clock that was set back by as much.
pub async fn bring_forward(tx: &Tx, by: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    for channel in Channel::ALL {
        tx.execute(&BRING_FORWARD, params![by, channel, now]).await?;
    }
    Ok(())
}

/// Frees what an earlier life of the one server of a database held.
pub async fn free(tx: &Tx) -> Result<(), StoreError> {
    for channel in Channel::ALL {
        tx.execute(&FREE, params![channel]).await?;
    }
    Ok(())
}
