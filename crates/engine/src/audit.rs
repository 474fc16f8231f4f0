//! The audit of what callers do to what is theirs.

use jiff::Timestamp;
use riverbank_store::audit::{self, AuditRow};
use riverbank_store::{StoreError, Tx};

use crate::Caller;

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
