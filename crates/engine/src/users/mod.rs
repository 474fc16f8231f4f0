//! Users: made, changed and deleted by their partner.

mod create;
mod delete;
mod profile;
mod read;
mod update;
mod verified;

use jiff::Timestamp;
use riverbank_model::webhook::Action;
pub use riverbank_store::users::User;
use riverbank_store::{StoreError, Tx, audit};

pub use create::{CreateUser, CreateUserError};
pub(crate) use create::{is_id, new_user};
pub use delete::DeleteUserError;
pub(crate) use profile::is_email;
pub use profile::{InvalidField, Profile};
pub use update::{UpdateUser, UpdateUserError};
pub use verified::Verified;

use crate::webhooks::News;
use crate::{Engine, Fault};

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

/// Tells those who listen what was done to a user, unless the call did not want it.
async fn tell(
    engine: &Engine,
    tx: &Tx,
    user: &User,
    action: Action,
    skip_webhook: bool,
) -> Result<(), Fault> {
    if skip_webhook {
        return Ok(());
    }
    let mut news = News::of_user(engine, tx, user).await?;
    news.user(user, action)?;
    news.write().await
}
