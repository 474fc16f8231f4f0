//! One-time addresses of pages. Looked up by hash, across users.

use jiff::Timestamp;
use riverbank_model::guid::UserGuid;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// An address that was not opened yet.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PageAddress {
        /// Hash of its secret part.
        pub hash: Vec<u8>,
        /// Whose pages it opens.
        pub user_guid: UserGuid,
        /// How the pages are to be; JSON.
        pub options: String,
        /// When it dies.
        pub expires_at: Timestamp,
    }
}

statements! {
    INSERT for PageAddress = "insert into page_addresses ({columns}) values ({values})";
    FIND: PageAddress = "select {columns} from page_addresses where hash = $1";
    SPEND = "delete from page_addresses where hash = $1";
}

/// Writes a new address. The user must exist.
pub async fn insert(tx: &Tx, address: &PageAddress) -> Result<(), StoreError> {
    tx.execute(&INSERT, &address.values()).await.map(drop)
}

/// An address that was not opened; the caller looks at its expiry.
pub async fn find(tx: &Tx, hash: &[u8]) -> Result<Option<PageAddress>, StoreError> {
    tx.query_opt(&FIND, params![hash]).await
}

/// Takes an address away, so that it serves once; false when another was faster. Hold its user before: deleting a user
/// takes its addresses after it.
pub async fn spend(tx: &Tx, hash: &[u8]) -> Result<bool, StoreError> {
    tx.execute(&SPEND, params![hash]).await.map(|spent| spent > 0)
}
