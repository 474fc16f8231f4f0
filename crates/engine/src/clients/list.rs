//! Listing the clients: `riverbank client list`.

use riverbank_store::clients;

use super::Clients;
use crate::Fault;

pub use riverbank_store::clients::Client;

impl Clients {
    /// Every client, in the order in which they were made.
    pub async fn list(&self) -> Result<Vec<Client>, Fault> {
        let reader = self.store.read().await?;
        Ok(clients::list(&reader).await?)
    }
}
