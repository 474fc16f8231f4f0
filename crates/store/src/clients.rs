//! Clients and the addresses that they may send end users back to.

use jiff::Timestamp;
use riverbank_model::guid::ClientGuid;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A client as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Client {
        /// Its id.
        pub guid: ClientGuid,
        /// The id in the addresses that it calls.
        pub client_id: String,
        /// Hash of its API key.
        pub api_key_hash: Vec<u8>,
        /// Whether its key and the sessions of its users are refused.
        pub is_disabled: bool,
        /// Whether its members are left out of background aggregation.
        pub background_aggregation_is_disabled: bool,
        /// Users ever made, since the client was last put back.
        pub children_made: i64,
        /// Webhook endpoints ever made.
        pub endpoints_made: i64,
        /// When its key was made; none of a key from before that was written.
        pub key_made_at: Option<Timestamp>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    INSERT for Client = "insert into clients ({columns}) values ({values})";
    FIND: Client = "select {columns} from clients where guid = $1";
    FIND_BY_ID: Client = "select {columns} from clients where client_id = $1";
    LIST: Client = "select {columns} from clients order by created_at, client_id";
    PAGE: Client = "select {columns} from clients where client_id > $1 order by client_id limit $2";
    SET_KEY = "update clients set api_key_hash = $1, key_made_at = $2, updated_at = $2 where guid = $3";
    DISABLE = "update clients set is_disabled = true, updated_at = $1 where guid = $2";
    SET_BACKGROUND = "update clients set background_aggregation_is_disabled = $1, updated_at = $2 where guid = $3";
    COUNT_CHILD: (i64,) = "update clients set children_made = children_made + 1 where guid = $1
        returning children_made";
    COUNT_ENDPOINT: (i64,) = "update clients set endpoints_made = endpoints_made + 1 where guid = $1
        returning endpoints_made";
    ADD_REDIRECT_URL = "insert into client_redirect_urls (client_guid, url, created_at) values ($1, $2, $3)
        on conflict do nothing";
    REDIRECT_URLS: (String,) = "select url from client_redirect_urls where client_guid = $1 order by created_at, url";
    HAS_REDIRECT_URL: (i64,) = "select count(*) from client_redirect_urls where client_guid = $1 and url = $2";
    REMOVE_REDIRECT_URL = "delete from client_redirect_urls where client_guid = $1 and url = $2";
}

/// Writes a new client. The unique index `clients_client_id_key` refuses a second one with its `client_id`.
pub async fn insert(tx: &Tx, client: &Client) -> Result<(), StoreError> {
    tx.execute(&INSERT, &client.values()).await.map(drop)
}

/// A client by its guid.
pub async fn find(tx: &Tx, guid: &ClientGuid) -> Result<Option<Client>, StoreError> {
    tx.query_opt(&FIND, params![guid]).await
}

/// A client by the id in its addresses.
pub async fn find_by_id(tx: &Tx, client_id: &str) -> Result<Option<Client>, StoreError> {
    tx.query_opt(&FIND_BY_ID, params![client_id]).await
}

/// Every client, in the order in which they were made.
pub async fn list(tx: &Tx) -> Result<Vec<Client>, StoreError> {
    tx.query(&LIST, params![]).await
}

/// Clients whose ids come after one in the order of bytes, or of the database's collation; `limit` at most.
pub async fn page(tx: &Tx, after: &str, limit: i64) -> Result<Vec<Client>, StoreError> {
    tx.query(&PAGE, params![after, limit]).await
}

/// Replaces the hash of a client's key.
pub async fn set_key(tx: &Tx, guid: &ClientGuid, hash: &[u8], at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&SET_KEY, params![hash, at, guid]).await.map(drop)
}

/// Shuts a client out.
pub async fn disable(tx: &Tx, guid: &ClientGuid, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&DISABLE, params![at, guid]).await.map(drop)
}

/// Leaves a client's members out of background aggregation, or no longer.
pub async fn set_background(
    tx: &Tx,
    guid: &ClientGuid,
    is_disabled: bool,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&SET_BACKGROUND, params![is_disabled, at, guid]).await.map(drop)
}

/// Counts one more user of a client; gives its number, from 1.
pub async fn count_child(tx: &Tx, guid: &ClientGuid) -> Result<i64, StoreError> {
    tx.query_one(&COUNT_CHILD, params![guid]).await.map(|(number,)| number)
}

/// Counts one more webhook endpoint of a client; gives its number, from 1.
pub async fn count_endpoint(tx: &Tx, guid: &ClientGuid) -> Result<i64, StoreError> {
    tx.query_one(&COUNT_ENDPOINT, params![guid]).await.map(|(number,)| number)
}

/// Adds an address; false when it was there.
pub async fn add_redirect_url(
    tx: &Tx,
    guid: &ClientGuid,
    url: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    tx.execute(&ADD_REDIRECT_URL, params![guid, url, at]).await.map(|added| added > 0)
}

/// The addresses of a client, in the order in which they were added.
pub async fn redirect_urls(tx: &Tx, guid: &ClientGuid) -> Result<Vec<String>, StoreError> {
    let urls = tx.query(&REDIRECT_URLS, params![guid]).await?;
    Ok(urls.into_iter().map(|(url,)| url).collect())
}

/// Whether a client has exactly this address.
pub async fn has_redirect_url(tx: &Tx, guid: &ClientGuid, url: &str) -> Result<bool, StoreError> {
    let (count,) = tx.query_one(&HAS_REDIRECT_URL, params![guid, url]).await?;
    Ok(count > 0)
}

/// Removes an address; false when it was not there.
pub async fn remove_redirect_url(tx: &Tx, guid: &ClientGuid, url: &str) -> Result<bool, StoreError> {
    tx.execute(&REMOVE_REDIRECT_URL, params![guid, url]).await.map(|removed| removed > 0)
}
