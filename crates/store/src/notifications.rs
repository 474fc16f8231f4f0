//! What users are told.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::guid::{NotificationGuid, UserGuid};
use riverbank_model::notification::NotificationType;

use crate::db::{Each, StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A notification as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Notification {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: NotificationGuid,
        /// Grows with each of its user; see [`next_number`].
        pub number: i64,
        /// What it is of.
        pub notification_type: NotificationType,
        /// What it says, in a sentence.
        pub subject: String,
        /// What it hangs on.
        pub entity_guid: Option<String>,
        /// What set it off.
        pub deep_link_guid: Option<String>,
        /// The amount that was passed, in whole units.
        pub threshold: Option<i64>,
        /// What it tells of: the same is told once. None where a partner made it.
        pub fact: Option<String>,
        /// Whether the user has seen it.
        pub has_been_viewed: bool,
        /// The user's own day on which it was made.
        pub created_on: Date,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

statements! {
    NEXT_NUMBER: (i64,) = "select coalesce(max(number), 0) + 1 from notifications where user_guid = $1";
    INSERT for Notification = "insert into notifications ({columns}) values ({values}) on conflict do nothing";
    LIST: Notification = "select {columns} from notifications
        where user_guid = $1 and created_on >= $2 and created_on <= $3 order by created_on desc, number desc, guid";
    TOLD: (String,) = "select fact from notifications where user_guid = $1 and fact in {each $2}";
    FIND: Notification = "select {columns} from notifications where user_guid = $1 and guid = $2";
}

/// The number of a user's next notification. Two at one time may get the same; lists then go by the id.
pub async fn next_number(tx: &Tx, user: &UserGuid) -> Result<i64, StoreError> {
    tx.query_one(&NEXT_NUMBER, params![user]).await.map(|(number,)| number)
}

/// Writes a new notification; false when its user has been told of the same fact.
pub async fn insert(tx: &Tx, notification: &Notification) -> Result<bool, StoreError> {
    tx.execute(&INSERT, &notification.values()).await.map(|written| written > 0)
}

/// The notifications of a user of these days, both included, the newest first.
pub async fn list(tx: &Tx, user: &UserGuid, from: Date, to: Date) -> Result<Vec<Notification>, StoreError> {
    tx.query(&LIST, params![user, from, to]).await
}

/// Of some facts, those that a user has been told of.
pub async fn told(tx: &Tx, user: &UserGuid, facts: &[String]) -> Result<Vec<String>, StoreError> {
    let told = tx.query(&TOLD, params![user, Each::of(facts)]).await?;
    Ok(told.into_iter().map(|(fact,)| fact).collect())
}

/// A notification of a user.
pub async fn find(
    tx: &Tx,
    user: &UserGuid,
    guid: &NotificationGuid,
) -> Result<Option<Notification>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}
