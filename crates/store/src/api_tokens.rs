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
    SPEND: ApiToken = "delete from api_tokens where hash = $1 returning {columns}";
    DELETE_EXPIRED = "delete from api_tokens where expires_at <= $1";
}

/// Writes a new token. The user must exist.
pub async fn insert(tx: &Tx, token: &ApiToken) -> Result<(), StoreError> {
    tx.execute(&INSERT, &token.values()).await.map(drop)
}

/// Takes a token away, so that it serves once; the caller looks at its expiry.
pub async fn spend(tx: &Tx, hash: &[u8]) -> Result<Option<ApiToken>, StoreError> {
    tx.query_opt(&SPEND, params![hash]).await
}

/// Forgets the tokens that died by `at`; gives their number.
pub async fn delete_expired(tx: &Tx, at: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&DELETE_EXPIRED, params![at]).await
}
