//! Which sites may show the pages of a client.

use riverbank_model::SecretText;
use riverbank_model::guid::ClientGuid;
use riverbank_store::{StoreError, Tx, client_origins, page_addresses, page_clients, page_sessions, users};

use crate::clients::is_loopback_origin;
use crate::{Engine, Fault, Mode, tokens};

impl Engine {
    /// Whether a site is registered for any client, or is of this machine in a sandbox.
    pub async fn is_origin_of_anyone(&self, origin: &str) -> Result<bool, Fault> {
        if self.takes_unregistered(origin) {
            return Ok(true);
        }
        Ok(client_origins::is_of_anyone(&*self.store().read().await?, origin).await?)
    }

    /// The sites of the client of a visit, or of an address that opens one, whether it is alive or not; none where it is not
    /// known any more, a day after the opening.
    pub async fn origins_of_page(&self, token: &SecretText) -> Result<Vec<String>, Fault> {
        let hash = tokens::hash(token);
        let reader = self.store().read().await?;
        let client = match page_clients::find(&reader, &hash).await? {
            Some(client) => Some(client),
            None => match page_addresses::find(&reader, &hash).await? {
                Some(address) => users::find(&reader, &address.user_guid).await?.map(|user| user.client_guid),
                // One that lives for more than a day.
                None => page_sessions::find(&reader, &hash).await?.map(|session| session.client_guid),
            },
        };
        match client {
            Some(client) => Ok(client_origins::list(&reader, &client).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Whether a site is registered for this client, or is of this machine in a sandbox.
    pub async fn is_origin_of(&self, client: &ClientGuid, origin: &str) -> Result<bool, Fault> {
        let reader = self.store().read().await?;
        Ok(self.is_origin(&reader, client, origin).await?)
    }

    pub(super) async fn is_origin(
        &self,
        tx: &Tx,
        client: &ClientGuid,
        origin: &str,
    ) -> Result<bool, StoreError> {
        if self.takes_unregistered(origin) {
            return Ok(true);
        }
        Ok(client_origins::list(tx, client).await?.iter().any(|known| known == origin))
    }

    fn takes_unregistered(&self, origin: &str) -> bool {
        self.mode() == Mode::Sandbox && is_loopback_origin(origin)
    }
}
