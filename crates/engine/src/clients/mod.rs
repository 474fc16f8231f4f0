//! Clients: the partners of this server, their keys and their addresses.

mod authenticate;
mod background;
mod create;
mod disable;
mod features;
mod list;
mod origins;
mod redirect_urls;
mod rotate_key;
mod time_zones;

use std::sync::Arc;

use jiff::Timestamp;
use riverbank_model::guid::ClientGuid;
use riverbank_model::{Clock, Guids, Secrets};
use riverbank_store::{Store, StoreError, Tx, audit, clients};

pub use create::{CreateClientError, CreatedClient};
pub use list::Client;
pub use origins::{AddOriginError, InvalidOrigin};
pub use redirect_urls::{AddRedirectUrlError, InvalidRedirectUrl};
pub use time_zones::TimeZoneError;

pub(crate) use origins::is_loopback_origin;

use crate::{Engine, Fault};

/// What an operator does with clients. It needs no master key and no bank, so commands run it beside a server.
pub struct Clients {
    /// The database.
    pub store: Store,
    /// The time that changes are dated with.
    pub clock: Arc<dyn Clock>,
    /// The source of keys.
    pub secrets: Arc<dyn Secrets>,
    /// The maker of ids.
    pub guids: Guids,
}

/// A client that has shown its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its id.
    pub guid: ClientGuid,
    /// The id in the addresses that it calls.
    pub client_id: String,
}

/// An operation on a client that is there.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No client has this id.
    #[error("there is no client {0}")]
    NoSuchClient(String),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

crate::fault::faults!(ClientError);

impl Engine {
    /// What an operator does with clients, on a running server.
    pub fn clients(&self) -> Clients {
        let parts = &self.parts;
        Clients {
            store: parts.store.clone(),
            clock: parts.clock.clone(),
            secrets: Arc::clone(&parts.secrets),
            guids: parts.guids.clone(),
        }
    }
}

/// The client that an operation is about.
async fn existing(tx: &Tx, client_id: &str) -> Result<Client, ClientError> {
    let found = clients::find_by_id(tx, client_id).await?;
    found.ok_or_else(|| ClientError::NoSuchClient(client_id.to_owned()))
}

/// Writes what the operator did into the audit.
pub(crate) async fn record(
    tx: &Tx,
    client: &ClientGuid,
    action: &str,
    subject: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let row = audit::AuditRow {
        at,
        client_guid: client.clone(),
        user_guid: None,
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: "{}".to_owned(),
    };
    audit::insert(tx, &row).await
}
