//! Sessions. Looked up by the hash of their token, across users.

use jiff::Timestamp;
use riverbank_model::guid::{ClientGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A session as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Session {
        /// Hash of its token.
        pub hash: Vec<u8>,
        /// Whose it is.
        pub user_guid: UserGuid,
        /// When it was opened.
        pub created_at: Timestamp,
        /// When it was used; written now and then only.
        pub used_at: Timestamp,
    }
}

row! {
    /// What is asked of a session with every request.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OpenSession {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// The user's client.
        pub client_guid: ClientGuid = "u.client_guid",
        /// When it was used, as far as was written.
        pub used_at: Timestamp,
    }
}

statements! {
    INSERT for Session = "insert into sessions ({columns}) values ({values})";
    FIND: OpenSession = "select {columns s} from sessions s
        join users u on u.guid = s.user_guid join clients c on c.guid = u.client_guid
        where s.hash = $1 and not c.is_disabled";
    TOUCH = "update sessions set used_at = $1 where hash = $2 and used_at = $3";
    DELETE = "delete from sessions where hash = $1";
    DELETE_OF_USER = "delete from sessions where user_guid = $1";
}

/// Writes a new session. The user must exist.
pub async fn insert(tx: &Tx, session: &Session) -> Result<(), StoreError> {
    tx.execute(&INSERT, &session.values()).await.map(drop)
}

/// The session with this hash, if its client is not disabled; the caller looks at its age.
pub async fn find(tx: &Tx, hash: &[u8]) -> Result<Option<OpenSession>, StoreError> {
    tx.query_opt(&FIND, params![hash]).await
}

/// Writes the time of use, unless another request has done so since `seen` was read.
pub async fn touch(tx: &Tx, hash: &[u8], seen: Timestamp, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&TOUCH, params![at, hash, seen]).await.map(drop)
}

/// Ends a session.
pub async fn delete(tx: &Tx, hash: &[u8]) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![hash]).await.map(drop)
}

/// Ends every session of a user; gives their number.
pub async fn delete_of_user(tx: &Tx, user: &UserGuid) -> Result<u64, StoreError> {
    tx.execute(&DELETE_OF_USER, params![user]).await
}
