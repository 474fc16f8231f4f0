//! Listing the clients: `riverbank client list`.

use riverbank_store::clients;

use super::Clients;
use crate::Fault;

pub use riverbank_store::clients::Client;

impl Clients {
    /// Clients whose ids come after one, by id, `limit` at most.
    pub async fn page(&self, after: &str, limit: i64) -> Result<Vec<Client>, Fault> {
        Ok(clients::page(&*self.store.read().await?, after, limit).await?)
    }

    /// A client by its id.
    pub async fn find(&self, client_id: &str) -> Result<Option<Client>, Fault> {
        Ok(clients::find_by_id(&*self.store.read().await?, client_id).await?)
    }

    /// Every client, in the order in which they were made.
    pub async fn list(&self) -> Result<Vec<Client>, Fault> {
        let reader = self.store.read().await?;
        Ok(clients::list(&reader).await?)
    }
}
