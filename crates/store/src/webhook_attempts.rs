//! The tries of messages to endpoints.

use jiff::Timestamp;
use riverbank_model::guid::WebhookMessageGuid;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// One try.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct WebhookAttempt {
        /// Of which message.
        pub message_guid: WebhookMessageGuid,
        /// The how-manieth try of it, from 1.
        pub number: i64,
        /// When it began; business time.
        pub at: Timestamp,
        /// How long it took, in microseconds of machine time.
        pub latency: i64,
        /// The HTTP status; none when there was no answer.
        pub status: Option<i64>,
        /// Why there was no answer.
        pub failure: Option<String>,
        /// The beginning of the answer.
        pub answer: Option<String>,
    }
}

statements! {
    INSERT for WebhookAttempt = "insert into webhook_attempts ({columns}) values ({values})";
    OF_MESSAGE: WebhookAttempt = "select {columns} from webhook_attempts where message_guid = $1 order by number";
}

/// Writes a try.
pub async fn insert(tx: &Tx, attempt: &WebhookAttempt) -> Result<(), StoreError> {
    tx.execute(&INSERT, &attempt.values()).await.map(drop)
}

/// The tries of a message, in order.
pub async fn of_message(tx: &Tx, message: &WebhookMessageGuid) -> Result<Vec<WebhookAttempt>, StoreError> {
    tx.query(&OF_MESSAGE, params![message]).await
}
