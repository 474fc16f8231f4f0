//! What users are told over one channel each.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::guid::{DeliverableGuid, NotificationGuid, UserGuid};
use riverbank_model::notification::Channel;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
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
