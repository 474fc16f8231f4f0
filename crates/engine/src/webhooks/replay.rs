//! Sending once more.

use jiff::Timestamp;
use riverbank_model::guid::{WebhookEndpointGuid, WebhookMessageGuid};
use riverbank_model::limits::WEBHOOK_TRIES;
use riverbank_store::webhook_endpoints;
use riverbank_store::webhook_messages::{self, Replay};

use super::endpoints::existing;
use super::retries::EXPIRES_AFTER;
use super::{EndpointError, MessageError};
use crate::Engine;

impl Engine {
    /// Sends a message once more that has ended, under its id, with all the tries of a new one.
    pub async fn replay_message(&self, guid: &WebhookMessageGuid) -> Result<(), MessageError> {
        let (guid, replay) = (guid.clone(), self.replay_now());
        let written = self.parts.store.write(async move |tx| {
            let Some(message) = webhook_messages::find(tx, &guid).await? else {
                return Err(MessageError::NoSuchMessage(guid));
            };
            if !webhook_messages::replay(tx, &guid, &replay).await? {
                return Err(MessageError::NotEnded(guid));
            }
            // Whoever asks for this wants it tried now, dead or not.
            webhook_endpoints::revive(tx, &message.endpoint_guid).await?;
            tx.wake_workers();
            Ok(())
        });
        written.await
    }

    /// Sends all messages to an endpoint once more that are of `since` or later and have ended, delivered ones too; how
    /// many they are. Those of a member go out in their order.
    pub async fn replay_since(
        &self,
        endpoint: &WebhookEndpointGuid,
        since: Timestamp,
    ) -> Result<u64, EndpointError> {
        let (endpoint, replay) = (endpoint.clone(), self.replay_now());
        let written = self.parts.store.write(async move |tx| {
            existing(tx, &endpoint).await?;
            webhook_endpoints::revive(tx, &endpoint).await?;
            tx.wake_workers();
            Ok::<_, EndpointError>(webhook_messages::replay_since(tx, &endpoint, since, &replay).await?)
        });
        written.await
    }

    fn replay_now(&self) -> Replay {
        let at = self.now();
        let expires_at = at.checked_add(EXPIRES_AFTER).unwrap_or(Timestamp::MAX);
        Replay { tries: WEBHOOK_TRIES, at, expires_at }
    }
}
