//! Which sites may show the pages of a client.

use riverbank_model::guid::ClientGuid;
use riverbank_store::{StoreError, Tx, client_origins};

use crate::clients::is_loopback_origin;
use crate::{Engine, Fault, Mode};

impl Engine {
    /// Whether a site is registered for any client, or is of this machine in a sandbox.
    pub async fn is_origin_of_anyone(&self, origin: &str) -> Result<bool, Fault> {
        if self.takes_unregistered(origin) {
            return Ok(true);
        }
        Ok(client_origins::is_of_anyone(&*self.store().read().await?, origin).await?)
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
