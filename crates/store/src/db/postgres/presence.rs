//! How a process that moves the database away knows whether servers use it: each holds one advisory lock in share for
//! as long as it lives, on the connection that it opened first and on the one that listens.

use tokio_postgres::Client;

use crate::db::error::StoreError;

/// Says that a server is there; false while the database is being moved.
pub(super) async fn announce(client: &Client) -> Result<bool, StoreError> {
    ask(client, "select pg_try_advisory_lock_shared(8244250770961228143)").await
}

/// Keeps servers away as long as this connection lives; false while there are some.
pub(in crate::db) async fn exclude(client: &Client) -> Result<bool, StoreError> {
    ask(client, "select pg_try_advisory_lock(8244250770961228143)").await
}

/// Takes [`exclude`] back.
pub(in crate::db) async fn readmit(client: &Client) -> Result<bool, StoreError> {
    ask(client, "select pg_advisory_unlock(8244250770961228143)").await
}

async fn ask(client: &Client, lock: &str) -> Result<bool, StoreError> {
    Ok(client.query_one(lock, &[]).await?.try_get(0)?)
}
