//! The ways of end users to institutions' own pages and back.

use jiff::Timestamp;
use riverbank_model::guid::{MemberGuid, OauthStateGuid, UserGuid};
use riverbank_model::oauth::{AuthStatus, OauthErrorReason};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A way as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct OauthState {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: OauthStateGuid,
        /// The member that it began with.
        pub member_guid: MemberGuid,
        /// The member that it led to.
        pub inbound_member_guid: Option<MemberGuid>,
        /// How it stands.
        pub auth_status: AuthStatus,
        /// Why it led to nothing.
        pub error_reason: Option<OauthErrorReason>,
        /// Hash of what the institution sends the browser back with; none once that was used.
        pub state_hash: Option<Vec<u8>>,
        /// Hash of what the browser that set out holds.
        pub browser_hash: Option<Vec<u8>>,
        /// What must be known on the way back, sealed; none once it was used.
        pub attempt: Option<Vec<u8>>,
        /// Where the end user is to land.
        pub client_redirect_url: Option<String>,
        /// BROWSER or APP.
        pub referral_source: Option<String>,
        /// Scheme of the hosting app.
        pub ui_message_webview_url_scheme: Option<String>,
        /// No aggregation afterwards.
        pub skip_aggregation: bool,
        /// When it ends if it is not at its end, and when it is forgotten if it is.
        pub due_at: Timestamp,
        /// When it was first read.
        pub first_retrieved_at: Option<Timestamp>,
        /// When the end user set out.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    INSERT for OauthState = "insert into oauth_states ({columns}) values ({values})";
    FIND: OauthState = "select {columns} from oauth_states where user_guid = $1 and guid = $2";
    LOCK: OauthState = {
        sqlite: "select {columns} from oauth_states where user_guid = $1 and guid = $2",
        postgres: "select {columns} from oauth_states where user_guid = $1 and guid = $2 for update",
    };
    LOCK_BY_STATE: OauthState = {
        sqlite: "select {columns} from oauth_states where state_hash = $1",
        postgres: "select {columns} from oauth_states where state_hash = $1 for update",
    };
    LIST: OauthState filtered by OauthStateFilter<'a> {
        member: &'a MemberGuid = "and member_guid = ?",
        auth_status: AuthStatus = "and auth_status = ?",
    } = "select {columns} from oauth_states where user_guid = ? {filters}
        order by created_at desc, guid desc limit ?";
    SAVE = "update oauth_states set inbound_member_guid = $1, auth_status = $2, error_reason = $3, state_hash = $4,
        browser_hash = $5, attempt = $6, due_at = $7, first_retrieved_at = $8, updated_at = $9
        where user_guid = $10 and guid = $11";
    DUE: OauthState = "select {columns} from oauth_states where due_at <= $1 order by due_at, guid limit 100";
    NEXT_DUE: (Option<i64>,) = "select min(due_at) from oauth_states where due_at > $1";
    DELETE = "delete from oauth_states where user_guid = $1 and guid = $2";
}

/// Writes a new way.
pub async fn insert(tx: &Tx, state: &OauthState) -> Result<(), StoreError> {
    tx.execute(&INSERT, &state.values()).await.map(drop)
}

/// A way of a user.
pub async fn find(tx: &Tx, user: &UserGuid, guid: &OauthStateGuid) -> Result<Option<OauthState>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// A way of a user that nobody else may change before this unit of work ends.
pub async fn lock(tx: &Tx, user: &UserGuid, guid: &OauthStateGuid) -> Result<Option<OauthState>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// The way that an institution sends a browser back on, whoever's it is.
pub async fn lock_by_state(tx: &Tx, hash: &[u8]) -> Result<Option<OauthState>, StoreError> {
    tx.query_opt(&LOCK_BY_STATE, params![hash]).await
}

/// The newest ways of a user, the newest first.
pub async fn list(
    tx: &Tx,
    user: &UserGuid,
    filter: OauthStateFilter<'_>,
    limit: i64,
) -> Result<Vec<OauthState>, StoreError> {
    tx.list(&LIST, params![user], &filter, params![limit]).await
}

/// Writes what can change of a way.
pub async fn save(tx: &Tx, state: &OauthState) -> Result<(), StoreError> {
    let s = state;
    tx.execute(
        &SAVE,
        params![
            s.inbound_member_guid,
            s.auth_status,
            s.error_reason,
            s.state_hash,
            s.browser_hash,
            s.attempt,
            s.due_at,
            s.first_retrieved_at,
            s.updated_at,
            s.user_guid,
            s.guid
        ],
    )
    .await
    .map(drop)
}

/// Ways that are to end or to be forgotten, a hundred at most.
pub async fn due(tx: &Tx, now: Timestamp) -> Result<Vec<OauthState>, StoreError> {
    tx.query(&DUE, params![now]).await
}

/// When the first way ends or is forgotten after `after`.
pub async fn next_due(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let (next,) = tx.query_one(&NEXT_DUE, params![after]).await?;
    Ok(next.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

/// Forgets a way.
pub async fn delete(tx: &Tx, state: &OauthState) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![state.user_guid, state.guid]).await.map(drop)
}
