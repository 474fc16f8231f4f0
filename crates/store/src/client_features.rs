//! The features that were switched on or off for a client.

use jiff::Timestamp;
use riverbank_model::feature::Feature;
use riverbank_model::guid::ClientGuid;

use crate::db::{StoreError, Tx, params, statements};

statements! {
    SET = "insert into client_features (client_guid, feature, is_on, updated_at) values ($1, $2, $3, $4)
        on conflict (client_guid, feature) do update set is_on = excluded.is_on, updated_at = excluded.updated_at";
    FIND: (bool,) = "select is_on from client_features where client_guid = $1 and feature = $2";
}

/// Switches a feature of a client.
pub async fn set(
    tx: &Tx,
    client: &ClientGuid,
    feature: Feature,
    is_on: bool,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&SET, params![client, feature.name(), is_on, at]).await.map(drop)
}

/// Whether a feature of a client is on; none when nobody has said.
pub async fn find(tx: &Tx, client: &ClientGuid, feature: Feature) -> Result<Option<bool>, StoreError> {
    let found = tx.query_opt(&FIND, params![client, feature.name()]).await?;
    Ok(found.map(|(is_on,)| is_on))
}
