//! Users: made, changed and deleted by their partner.

mod create;
mod delete;
mod profile;
mod read;
mod update;

use jiff::Timestamp;
pub use riverbank_store::users::User;
use riverbank_store::{StoreError, Tx, audit};

pub use create::{CreateUser, CreateUserError};
pub(crate) use create::{is_id, new_user};
pub use delete::DeleteUserError;
pub use profile::{InvalidField, Profile};
pub use update::{UpdateUser, UpdateUserError};

/// Writes what was done to a user into the audit.
async fn record(
    tx: &Tx,
    user: &User,
    action: &str,
    skip_webhook: bool,
    at: Timestamp,
) -> Result<(), StoreError> {
    let row = audit::AuditRow {
        at,
        client_guid: user.client_guid.clone(),
        user_guid: Some(user.guid.clone()),
        action: action.to_owned(),
        subject: user.guid.to_string(),
        detail: format!("{{\"skip_webhook\":{skip_webhook}}}"),
    };
    audit::insert(tx, &row).await
}
