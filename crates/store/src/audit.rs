//! The audit: who changed what, written with the change.

use jiff::Timestamp;
use riverbank_model::guid::{ClientGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, row, statements};

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
}

/// Writes one change.
pub async fn insert(tx: &Tx, row: &AuditRow) -> Result<(), StoreError> {
    tx.execute(&INSERT, &row.values()).await.map(drop)
}
