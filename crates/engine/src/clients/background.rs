//! Whether a client's members are refreshed in the background: `riverbank client background`.

use riverbank_store::clients;

use super::{ClientError, Clients, existing, record};

impl Clients {
    /// Leaves all members of a client out of background aggregation, or no longer. Their own settings stay.
    pub async fn set_background(&self, client_id: &str, is_on: bool) -> Result<(), ClientError> {
        let now = self.clock.now();
        let client_id = client_id.to_owned();
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            clients::set_background(tx, &client.guid, !is_on, now).await?;
            let action = if is_on { "clients.background_on" } else { "clients.background_off" };
            Ok::<_, ClientError>(record(tx, &client.guid, action, client.guid.as_str(), now).await?)
        });
        written.await
    }
}
