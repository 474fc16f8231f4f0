//! What was sent, and what was answered.

use jiff::Timestamp;
use riverbank_model::guid::{WebhookEndpointGuid, WebhookMessageGuid};
use riverbank_store::webhook_attempts::{self, WebhookAttempt};
use riverbank_store::webhook_messages::{self, Message};

use super::EndpointError;
use super::endpoints::existing;
use crate::fault::faults;
use crate::{Engine, Fault};

/// A try of a message.
pub type AttemptView = WebhookAttempt;

/// A message with its tries.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// The message.
    pub message: Message,
    /// Its tries, in order.
    pub attempts: Vec<AttemptView>,
}

/// An operation on a message that is there.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// No message has this id, or it is older than what is kept.
    #[error("there is no message {0}")]
    NoSuchMessage(WebhookMessageGuid),
    /// It is waiting or on its way already.
    #[error("message {0} has not ended: it is still to be sent")]
    NotEnded(WebhookMessageGuid),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(MessageError);

impl Engine {
    /// The newest messages to an endpoint, newest first, `limit` at most.
    pub async fn webhook_log(
        &self,
        endpoint: &WebhookEndpointGuid,
        limit: i64,
    ) -> Result<Vec<Message>, EndpointError> {
        self.webhook_log_until(endpoint, Timestamp::MAX, limit, 0).await
    }

    /// Messages to an endpoint that were made at `until` or before, newest first: `limit` of them after the first `skip`.
    pub async fn webhook_log_until(
        &self,
        endpoint: &WebhookEndpointGuid,
        until: Timestamp,
        limit: i64,
        skip: i64,
    ) -> Result<Vec<Message>, EndpointError> {
        let reader = self.parts.store.read().await?;
        existing(&reader, endpoint).await?;
        Ok(webhook_messages::log(&reader, endpoint, until, limit, skip).await?)
    }

    /// A message with its tries.
    pub async fn webhook_message(&self, guid: &WebhookMessageGuid) -> Result<MessageView, MessageError> {
        let reader = self.parts.store.read().await?;
        let message = webhook_messages::find(&reader, guid).await?;
        let message = message.ok_or_else(|| MessageError::NoSuchMessage(guid.clone()))?;
        Ok(MessageView { attempts: webhook_attempts::of_message(&reader, guid).await?, message })
    }
}
