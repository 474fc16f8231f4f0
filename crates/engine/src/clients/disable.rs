//! Shutting a client out: `riverbank client disable`.

use riverbank_store::clients;

use super::{ClientError, Clients, existing, record};

impl Clients {
    /// Refuses the client's key and the sessions of its users from now on. Its data stays.
    pub async fn disable(&self, client_id: &str) -> Result<(), ClientError> {
        let now = self.clock.now();
        let client_id = client_id.to_owned();
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            clients::disable(tx, &client.guid, now).await?;
            Ok::<_, ClientError>(
                record(tx, &client.guid, "clients.disable", client.guid.as_str(), now).await?,
            )
        });
        written.await
    }
}
