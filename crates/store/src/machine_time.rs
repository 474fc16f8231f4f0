//! The machine's time as the database tells it: on PostgreSQL the same for every node.

use jiff::Timestamp;

use crate::db::{StoreError, Tx, params, statements};

statements! {
    NOW: (Timestamp,) = "select {machine_now}";
}

/// What the clock of the database shows; on SQLite, the machine's own.
pub async fn now(tx: &Tx) -> Result<Timestamp, StoreError> {
    tx.query_one(&NOW, params![]).await.map(|(now,)| now)
}
