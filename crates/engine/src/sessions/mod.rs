//! Sessions: opened with an API token, kept alive by use, ended by their owner or their partner.

mod authenticate;
mod create;
mod delete;
mod delete_all;

use std::time::Duration;

use jiff::Timestamp;
use riverbank_model::limits::{SESSION_IDLE, SESSION_TOUCH};
use riverbank_store::{StoreError, Tx, audit};

pub use create::{CreateSession, CreateSessionError, OpenedSession};
pub use delete_all::DeleteSessionsError;

use crate::Caller;

/// A session is surely idle for [`SESSION_IDLE`] when the time of use that is stored is this old: what is stored lags
/// behind by up to [`SESSION_TOUCH`].
pub(crate) const DEAD_AFTER: Duration = SESSION_IDLE.saturating_add(SESSION_TOUCH);

/// Writes what was done to the sessions of a user into the audit. `detail` is JSON.
async fn record(
    tx: &Tx,
    caller: &Caller,
    action: &str,
    detail: String,
    at: Timestamp,
) -> Result<(), StoreError> {
    let row = audit::AuditRow {
        at,
        client_guid: caller.client.clone(),
        user_guid: Some(caller.user.clone()),
        action: action.to_owned(),
        subject: caller.user.to_string(),
        detail,
    };
    audit::insert(tx, &row).await
}
