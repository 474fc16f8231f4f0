//! Sessions of pages. Looked up by the hash of their token, across users.

use jiff::Timestamp;
use riverbank_model::guid::{ClientGuid, MemberGuid, PageSessionGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A session as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PageSession {
        /// Hash of its token.
        pub hash: Vec<u8>,
        /// Whose it is.
        pub user_guid: UserGuid,
        /// What messages name it by.
        pub guid: PageSessionGuid,
        /// How the pages are to be; JSON.
        pub options: String,
        /// The registered site that shows the pages.
        pub shown_by: Option<String>,
        /// The connection that it came to last.
        pub member_guid: Option<MemberGuid>,
        /// When it was opened.
        pub created_at: Timestamp,
        /// When it was used; written now and then only.
        pub used_at: Timestamp,
    }
}

row! {
    /// What is asked of a session with every request.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OpenPageSession {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// The user's client.
        pub client_guid: ClientGuid = "u.client_guid",
        /// What messages name it by.
        pub guid: PageSessionGuid = "s.guid",
        /// How the pages are to be; JSON.
        pub options: String,
        /// The registered site that shows the pages.
        pub shown_by: Option<String>,
        /// The connection that it came to last.
        pub member_guid: Option<MemberGuid>,
        /// When it was used, as far as was written.
        pub used_at: Timestamp,
    }
}

statements! {
    INSERT for PageSession = "insert into page_sessions ({columns}) values ({values})";
    FIND: OpenPageSession = "select {columns s} from page_sessions s
        join users u on u.guid = s.user_guid join clients c on c.guid = u.client_guid
        where s.hash = $1 and not c.is_disabled";
    TOUCH = "update page_sessions set used_at = $1 where hash = $2 and used_at = $3";
    LOOK_AT = "update page_sessions set member_guid = $1 where user_guid = $2 and guid = $3";
    // Of the uses only their sum is looked at, so that PostgreSQL does not take the index of all uses.
    LOOKS_AT: (String,) = "select options from page_sessions
        where user_guid = $1 and member_guid = $2 and used_at + 0 > $3 order by used_at + 0 desc limit 1";
    DELETE_OF_USER = "delete from page_sessions where user_guid = $1";
}

/// Writes a new session. The user must exist.
pub async fn insert(tx: &Tx, session: &PageSession) -> Result<(), StoreError> {
    tx.execute(&INSERT, &session.values()).await.map(drop)
}

/// The session with this hash, if its client is not disabled; the caller looks at its age.
pub async fn find(tx: &Tx, hash: &[u8]) -> Result<Option<OpenPageSession>, StoreError> {
    tx.query_opt(&FIND, params![hash]).await
}

/// Writes the time of use, unless another request has done so since `seen` was read.
pub async fn touch(tx: &Tx, hash: &[u8], seen: Timestamp, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&TOUCH, params![at, hash, seen]).await.map(drop)
}

/// Writes that a session has come to a connection.
pub async fn look_at(
    tx: &Tx,
    user: &UserGuid,
    session: &PageSessionGuid,
    member: &MemberGuid,
) -> Result<(), StoreError> {
    tx.execute(&LOOK_AT, params![member, user, session]).await.map(drop)
}

/// How the pages are to be of the session that was used last of those that came to a connection and were used after
/// `since`; JSON.
pub async fn looks_at(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
    since: Timestamp,
) -> Result<Option<String>, StoreError> {
    let options = tx.query_opt(&LOOKS_AT, params![user, member, since]).await?;
    Ok(options.map(|(options,)| options))
}

/// Ends every session of a user.
pub async fn delete_of_user(tx: &Tx, user: &UserGuid) -> Result<(), StoreError> {
    tx.execute(&DELETE_OF_USER, params![user]).await.map(drop)
}
