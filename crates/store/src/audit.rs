//! The audit: who changed what, written with the change.

use jiff::Timestamp;
use riverbank_model::guid::{ClientGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// One change.
    #[derive(Clone, Debug, PartialEq)]
    pub struct AuditRow {
        /// When.
        pub at: Timestamp,
        /// By whose client.
        pub client_guid: ClientGuid,
        /// On whose behalf.
        pub user_guid: Option<UserGuid>,
        /// What was done, such as `members.create`.
        pub action: String,
        /// The id of what was changed.
        pub subject: String,
        /// Particulars in JSON; never a secret.
        pub detail: String,
    }
}

statements! {
    INSERT for AuditRow = "insert into audit ({columns}) values ({values})";
    LIST: AuditRow = "select {columns} from audit where at <= $1
        order by at desc, client_guid, user_guid, action, subject, detail limit $2 offset $3";
    // A sum stands in no index by time: no engine reads the audit of all users for the sake of the order.
    OF_SUBJECT: AuditRow = "select {columns} from audit where user_guid = $1 and subject = $2 and at + 0 <= $3
        order by at + 0 desc, action, detail limit $4";
}

/// Writes one change.
pub async fn insert(tx: &Tx, row: &AuditRow) -> Result<(), StoreError> {
    tx.execute(&INSERT, &row.values()).await.map(drop)
}

/// What was changed at `until` or before, the newest first, without the first `skip`.
pub async fn list(tx: &Tx, until: Timestamp, limit: i64, skip: i64) -> Result<Vec<AuditRow>, StoreError> {
    tx.query(&LIST, params![until, limit, skip]).await
}

/// What was changed of one thing of a user at `until` or before, the newest first.
pub async fn of_subject(
    tx: &Tx,
    user: &UserGuid,
    subject: &str,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    tx.query(&OF_SUBJECT, params![user, subject, until, limit]).await
}
