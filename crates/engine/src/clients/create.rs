//! Creating a client: `riverbank client create`.

use riverbank_model::SecretText;
use riverbank_model::guid::ClientGuid;
use riverbank_store::StoreError;
use riverbank_store::clients::{self, Client};

use super::{Clients, record};
use crate::fault::faults;
use crate::{Fault, tokens};

/// Characters of the longest id of a client; it stands in every address that the client calls.
const LONGEST_ID: usize = 64;

/// A new client, with its key: only the hash of the key is kept.
#[derive(Debug)]
pub struct CreatedClient {
    /// Its id.
    pub guid: ClientGuid,
    /// The id in the addresses that it calls.
    pub client_id: String,
    /// Its key.
    pub api_key: SecretText,
}

/// Why a client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateClientError {
    /// It could not stand in an address.
    #[error("a client's id has 1 to {LONGEST_ID} letters, digits, dashes and underscores")]
    InvalidId,
    /// Another client has this id.
    #[error("there is a client {0} already")]
    Exists(String),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateClientError);

impl Clients {
    /// Makes a client with a fresh key.
    pub async fn create(&self, client_id: &str) -> Result<CreatedClient, CreateClientError> {
        let lawful = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if client_id.is_empty() || client_id.len() > LONGEST_ID || !client_id.bytes().all(lawful) {
            return Err(CreateClientError::InvalidId);
        }
        let api_key = tokens::make(&*self.secrets);
        let now = self.clock.now();
        let client = Client {
            // Clients are never removed, so the id in their addresses names them for good.
            guid: self.guids.make(client_id, 1),
            client_id: client_id.to_owned(),
            api_key_hash: tokens::hash(&api_key),
            key_made_at: Some(now),
            is_disabled: false,
            background_aggregation_is_disabled: false,
            children_made: 0,
            endpoints_made: 0,
            created_at: now,
            updated_at: now,
        };
        let guid = client.guid.clone();
        let written = self.store.write(async move |tx| {
            clients::insert(tx, &client).await?;
            record(tx, &client.guid, "clients.create", client.guid.as_str(), now).await
        });
        let client_id = client_id.to_owned();
        match written.await {
            Ok(()) => Ok(CreatedClient { guid, client_id, api_key }),
            Err(StoreError::Conflict { .. }) => Err(CreateClientError::Exists(client_id)),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use riverbank_model::ExposeSecret;

    use super::*;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn a_client_is_made_once(bench: &Bench) {
            let clients = bench.clients();
            let made = clients.create("acme").await.unwrap();
            assert!(made.guid.as_str().starts_with("CLT-"));
            assert_eq!(made.api_key.expose_secret().len(), 86);
            let again = clients.create("acme").await.unwrap_err();
            assert!(matches!(again, CreateClientError::Exists(_)), "{again:?}");
            assert_eq!(clients.list().await.unwrap().len(), 1);
        }

        async fn an_id_that_could_not_stand_in_an_address_is_refused(bench: &Bench) {
            let clients = bench.clients();
            for id in ["", "a/b", "a.json", "a b", "ä", &"a".repeat(65)] {
                let refused = clients.create(id).await.unwrap_err();
                assert!(matches!(refused, CreateClientError::InvalidId), "{id:?}");
            }
            assert!(clients.create(&"a".repeat(64)).await.is_ok());
        }
    }
}
