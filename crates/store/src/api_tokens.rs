//! One-time tokens that open sessions. Looked up by hash, across users.

use jiff::Timestamp;
use riverbank_model::guid::UserGuid;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// An unspent token.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ApiToken {
        /// Its hash.
        pub hash: Vec<u8>,
        /// Whose session it opens.
        pub user_guid: UserGuid,
        /// When it dies.
        pub expires_at: Timestamp,
    }
}

statements! {
    INSERT for ApiToken = "insert into api_tokens ({columns}) values ({values})";
    FIND: ApiToken = "select {columns} from api_tokens where hash = $1";
    SPEND = "delete from api_tokens where hash = $1";
}

/// Writes a new token. The user must exist.
pub async fn insert(tx: &Tx, token: &ApiToken) -> Result<(), StoreError> {
    tx.execute(&INSERT, &token.values()).await.map(drop)
}

/// An unspent token; the caller looks at its expiry.
pub async fn find(tx: &Tx, hash: &[u8]) -> Result<Option<ApiToken>, StoreError> {
    tx.query_opt(&FIND, params![hash]).await
}

/// Takes a token away, so that it serves once; false when another was faster. Hold its user before: deleting a user
/// takes its tokens after it.
pub async fn spend(tx: &Tx, hash: &[u8]) -> Result<bool, StoreError> {
    tx.execute(&SPEND, params![hash]).await.map(|spent| spent > 0)
}
