//! The audit of what callers do to what is theirs.

use jiff::Timestamp;
use riverbank_store::audit::{self, AuditRow};
use riverbank_store::{StoreError, Tx};

use crate::{Caller, Engine, Fault};

pub use riverbank_store::audit::AuditRow as Change;

/// Writes what a caller did to a thing of its.
pub(crate) async fn record(
    tx: &Tx,
    caller: &Caller,
    action: &str,
    subject: &impl AsRef<str>,
    skip_webhook: bool,
    at: Timestamp,
) -> Result<(), StoreError> {
    let row = AuditRow {
        at,
        client_guid: caller.client.clone(),
        user_guid: Some(caller.user.clone()),
        action: action.to_owned(),
        subject: subject.as_ref().to_owned(),
        detail: format!("{{\"skip_webhook\":{skip_webhook}}}"),
    };
    audit::insert(tx, &row).await
}

impl Engine {
    /// What was changed at `until` or before, by all clients, the newest first: `limit` rows after the first `skip`.
    pub async fn changes(&self, until: Timestamp, limit: i64, skip: i64) -> Result<Vec<Change>, Fault> {
        Ok(audit::list(&*self.store().read().await?, until, limit, skip).await?)
    }
}
