//! Whose the addresses of pages and visits were, when nobody knows them any more. Looked up by hash.

use jiff::Timestamp;
use riverbank_model::guid::ClientGuid;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// An address that was opened, or the visit that it opened.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PageClient {
        /// Hash of its secret part.
        pub hash: Vec<u8>,
        /// Whose users' it was.
        pub client_guid: ClientGuid,
        /// Until when that is kept.
        pub expires_at: Timestamp,
    }
}

statements! {
    INSERT for PageClient = "insert into page_clients ({columns}) values ({values})";
    FIND: (ClientGuid,) = "select client_guid from page_clients where hash = $1";
}

/// Writes whose it is. The client must exist.
pub async fn insert(tx: &Tx, known: &PageClient) -> Result<(), StoreError> {
    tx.execute(&INSERT, &known.values()).await.map(drop)
}

/// Whose it was; none when that is not kept any more.
pub async fn find(tx: &Tx, hash: &[u8]) -> Result<Option<ClientGuid>, StoreError> {
    Ok(tx.query_opt(&FIND, params![hash]).await?.map(|(client,)| client))
}
