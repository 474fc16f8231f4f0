//! A new key for a client: `riverbank client rotate-key`.

use riverbank_model::SecretText;
use riverbank_store::clients;

use super::{ClientError, Clients, existing, record};
use crate::tokens;

impl Clients {
    /// Gives the client a fresh key; the old one is refused from now on.
    pub async fn rotate_key(&self, client_id: &str) -> Result<SecretText, ClientError> {
        let api_key = tokens::make(&*self.secrets);
        let hash = tokens::hash(&api_key);
        let now = self.clock.now();
        let client_id = client_id.to_owned();
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            clients::set_key(tx, &client.guid, &hash, now).await?;
            Ok::<_, ClientError>(
                record(tx, &client.guid, "clients.rotate_key", client.guid.as_str(), now).await?,
            )
        });
        written.await?;
        Ok(api_key)
    }
}
