//! Sessions: opened with an API token, kept alive by use, ended by their owner or their partner.

mod authenticate;
mod create;
mod delete;
mod delete_all;

use std::time::Duration;

use riverbank_model::limits::{SESSION_IDLE, SESSION_TOUCH};

pub use create::{CreateSession, CreateSessionError, OpenedSession};
pub use delete_all::DeleteSessionsError;

/// A session is surely idle for [`SESSION_IDLE`] when the time of use that is stored is this old: what is stored lags
/// behind by up to [`SESSION_TOUCH`].
pub(crate) const DEAD_AFTER: Duration = SESSION_IDLE.saturating_add(SESSION_TOUCH);
