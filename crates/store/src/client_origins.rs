//! The sites that may show the pages of Connect to a client's users.

use jiff::Timestamp;
use riverbank_model::guid::ClientGuid;

use crate::db::{StoreError, Tx, params, statements};

statements! {
    ADD = "insert into client_origins (client_guid, origin, created_at) values ($1, $2, $3) on conflict do nothing";
    LIST: (String,) = "select origin from client_origins where client_guid = $1 order by created_at, origin";
    REMOVE = "delete from client_origins where client_guid = $1 and origin = $2";
    COUNT: (i64,) = "select count(*) from client_origins o join clients c on c.guid = o.client_guid
        where o.origin = $1 and not c.is_disabled";
}

/// Adds an origin; false when it was there.
pub async fn add(tx: &Tx, client: &ClientGuid, origin: &str, at: Timestamp) -> Result<bool, StoreError> {
    tx.execute(&ADD, params![client, origin, at]).await.map(|added| added > 0)
}

/// The origins of a client, in the order in which they were added.
pub async fn list(tx: &Tx, client: &ClientGuid) -> Result<Vec<String>, StoreError> {
    let origins = tx.query(&LIST, params![client]).await?;
    Ok(origins.into_iter().map(|(origin,)| origin).collect())
}

/// Removes an origin; false when it was not there.
pub async fn remove(tx: &Tx, client: &ClientGuid, origin: &str) -> Result<bool, StoreError> {
    tx.execute(&REMOVE, params![client, origin]).await.map(|removed| removed > 0)
}

/// Whether any client that is not disabled has this origin.
pub async fn is_of_anyone(tx: &Tx, origin: &str) -> Result<bool, StoreError> {
    let (count,) = tx.query_one(&COUNT, params![origin]).await?;
    Ok(count > 0)
}
