//! The machine's time as the database tells it: on PostgreSQL the same for every node.

use std::time::Duration;

use jiff::Timestamp;

use crate::db::{StoreError, Tx, params, statements};

statements! {
    NOW: (Timestamp,) = "select {machine_now}";
}

/// What the clock of the database shows; on SQLite, the machine's own.
pub async fn now(tx: &Tx) -> Result<Timestamp, StoreError> {
    tx.query_one(&NOW, params![]).await.map(|(now,)| now)
}

/// A period as statements take it.
pub(crate) fn microseconds(period: Duration) -> i64 {
    i64::try_from(period.as_micros()).unwrap_or(i64::MAX)
}
