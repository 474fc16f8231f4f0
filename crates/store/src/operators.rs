//! Operators of the console, their sessions, and what they did.

use jiff::Timestamp;
use riverbank_model::operator::Role;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// An operator as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Operator {
        /// What it logs in by.
        pub name: String,
        /// What it may do.
        pub role: Role,
        /// The hash of its password, in PHC form.
        pub password: String,
        /// The secret of its codes, sealed.
        pub totp_secret: Vec<u8>,
        /// The time step of the code that was used last.
        pub totp_step: i64,
        /// Wrong tries in a row.
        pub failures: i64,
        /// Until when nobody logs in by this name.
        pub held_until: Option<Timestamp>,
        /// When it was added.
        pub created_at: Timestamp,
        /// When its password, secret or role was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// A session as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OperatorSession {
        /// Hash of its token.
        pub hash: Vec<u8>,
        /// Whose it is.
        pub operator: String,
        /// When it was opened.
        pub created_at: Timestamp,
        /// When it was used; written now and then only.
        pub used_at: Timestamp,
    }
}

row! {
    /// What is asked of a session with every request.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OpenOperatorSession {
        /// Whose it is.
        pub operator: String,
        /// What the operator may do.
        pub role: Role = "o.role",
        /// When it was opened.
        pub created_at: Timestamp,
        /// When it was used, as far as was written.
        pub used_at: Timestamp,
    }
}

row! {
    /// One thing that an operator did or tried.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OperatorDeed {
        /// When, by the machine's clock.
        pub at: Timestamp,
        /// Who; none where the name is nobody's.
        pub operator: Option<String>,
        /// What was done, such as `login.succeed`.
        pub action: String,
        /// The id of what it was done to.
        pub subject: String,
        /// Where the call came from; none is a command.
        pub address: Option<String>,
    }
}

/// A login that proved itself.
pub struct Proof<'a> {
    /// Who.
    pub operator: &'a Operator,
    /// The time step of the code.
    pub totp_step: i64,
    /// When.
    pub at: Timestamp,
}

statements! {
    INSERT for Operator = "insert into operators ({columns}) values ({values})";
    FIND: Operator = "select {columns} from operators where name = $1";
    LIST: Operator = "select {columns} from operators order by name";
    REMOVE = "delete from operators where name = $1";
    SET_PASSWORD = "update operators set password = $1, failures = 0, held_until = null, updated_at = $2
        where name = $3";
    SET_TOTP = "update operators set totp_secret = $1, totp_step = 0, failures = 0, held_until = null, updated_at = $2
        where name = $3";
    PASS = "update operators set totp_step = $1, failures = 0, held_until = null
        where name = $2 and totp_step < $1 and password = $3 and (held_until is null or held_until <= $4)";
    FAIL = "update operators set failures = failures + 1,
            held_until = case when failures + 1 >= $1 then cast($2 as bigint) end
        where name = $3 and (held_until is null or held_until <= $4)";

    OPEN for OperatorSession = "insert into operator_sessions ({columns}) values ({values})";
    FIND_SESSION: OpenOperatorSession = "select {columns s} from operator_sessions s
        join operators o on o.name = s.operator where s.hash = $1";
    TOUCH = "update operator_sessions set used_at = $1 where hash = $2 and used_at = $3";
    CLOSE = "delete from operator_sessions where hash = $1";
    CLOSE_OF = "delete from operator_sessions where operator = $1";
    CLOSE_IDLE = "delete from operator_sessions where used_at <= $1";

    RECORD for OperatorDeed = "insert into operator_audit ({columns}) values ({values})";
    DEEDS: OperatorDeed = "select {columns} from operator_audit where at <= $1
        order by at desc, action, subject, operator, address limit $2 offset $3";
}

/// Writes a new operator. The primary key refuses a second one of its name.
pub async fn insert(tx: &Tx, operator: &Operator) -> Result<(), StoreError> {
    tx.execute(&INSERT, &operator.values()).await.map(drop)
}

/// The operator of this name.
pub async fn find(tx: &Tx, name: &str) -> Result<Option<Operator>, StoreError> {
    tx.query_opt(&FIND, params![name]).await
}

/// All operators, by name.
pub async fn list(tx: &Tx) -> Result<Vec<Operator>, StoreError> {
    tx.query(&LIST, params![]).await
}

/// Removes an operator with its sessions; false when there was none.
pub async fn remove(tx: &Tx, name: &str) -> Result<bool, StoreError> {
    tx.execute(&REMOVE, params![name]).await.map(|removed| removed > 0)
}

/// Puts a password in the place of another; false when there is no such operator.
pub async fn set_password(tx: &Tx, name: &str, password: &str, at: Timestamp) -> Result<bool, StoreError> {
    tx.execute(&SET_PASSWORD, params![password, at, name]).await.map(|set| set > 0)
}

/// Puts a secret, sealed, in the place of another; false when there is no such operator.
pub async fn set_totp(tx: &Tx, name: &str, secret: &[u8], at: Timestamp) -> Result<bool, StoreError> {
    tx.execute(&SET_TOTP, params![secret, at, name]).await.map(|set| set > 0)
}

/// Uses a code up; false when it or a later one was used, when the name is held, or when the password has changed.
pub async fn pass(tx: &Tx, proof: &Proof<'_>) -> Result<bool, StoreError> {
    let Proof { operator, totp_step, at } = proof;
    let parameters = params![*totp_step, operator.name, operator.password, *at];
    tx.execute(&PASS, parameters).await.map(|passed| passed > 0)
}

/// Counts a wrong try, and holds the name until `until` when it is the `most`-th in a row or a later one. A name that is
/// held counts none, so that every hold ends.
pub async fn fail(tx: &Tx, name: &str, most: i64, until: Timestamp, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&FAIL, params![most, until, name, at]).await.map(drop)
}

/// Writes a new session. The operator must exist.
pub async fn open(tx: &Tx, session: &OperatorSession) -> Result<(), StoreError> {
    tx.execute(&OPEN, &session.values()).await.map(drop)
}

/// The session with this hash; the caller looks at its age.
pub async fn find_session(tx: &Tx, hash: &[u8]) -> Result<Option<OpenOperatorSession>, StoreError> {
    tx.query_opt(&FIND_SESSION, params![hash]).await
}

/// Writes the time of use, unless another request has done so since `seen` was read.
pub async fn touch(tx: &Tx, hash: &[u8], seen: Timestamp, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&TOUCH, params![at, hash, seen]).await.map(drop)
}

/// Ends a session.
pub async fn close(tx: &Tx, hash: &[u8]) -> Result<(), StoreError> {
    tx.execute(&CLOSE, params![hash]).await.map(drop)
}

/// Ends all sessions of an operator.
pub async fn close_of(tx: &Tx, name: &str) -> Result<(), StoreError> {
    tx.execute(&CLOSE_OF, params![name]).await.map(drop)
}

/// Ends the sessions that were last used at `until` or before.
pub async fn close_idle(tx: &Tx, until: Timestamp) -> Result<(), StoreError> {
    tx.execute(&CLOSE_IDLE, params![until]).await.map(drop)
}

/// Writes what an operator did.
pub async fn record(tx: &Tx, deed: &OperatorDeed) -> Result<(), StoreError> {
    tx.execute(&RECORD, &deed.values()).await.map(drop)
}

/// What operators did at `until` or before, the newest first, without the first `skip`.
pub async fn deeds(
    tx: &Tx,
    until: Timestamp,
    limit: i64,
    skip: i64,
) -> Result<Vec<OperatorDeed>, StoreError> {
    tx.query(&DEEDS, params![until, limit, skip]).await
}
