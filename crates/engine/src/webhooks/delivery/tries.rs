//! One try: the request is made, signed and sent, and its answer read.

use std::time::Duration;

use jiff::Timestamp;
use riverbank_connect::transport::{HeaderName, HeaderValue, Incoming, StatusCode, header};
use riverbank_model::limits::WEBHOOK_ANSWER;
use riverbank_store::webhook_messages::Message;

use super::receiver::{Credential, Opened, Receiver};
use crate::Engine;
use crate::webhooks::post::{Post, retry_after, value};

const CALLBACK_PAYLOAD: HeaderName = HeaderName::from_static("x-callback-payload");

/// What came of a try.
#[derive(Clone, Debug)]
pub(in crate::webhooks) struct Try {
    /// When it began; business time.
    pub(in crate::webhooks) at: Timestamp,
    /// How long it took; machine time.
    pub(in crate::webhooks) latency: Duration,
    /// The answer, or why there was none.
    pub(in crate::webhooks) answer: Result<Answer, String>,
}

/// What an endpoint answered.
#[derive(Clone, Debug)]
pub(in crate::webhooks) struct Answer {
    pub(in crate::webhooks) status: StatusCode,
    /// Its first bytes, as text.
    pub(in crate::webhooks) beginning: String,
    /// How long it wants to be left in peace.
    pub(in crate::webhooks) retry_after: Option<Duration>,
}

impl Engine {
    /// Sends a message once.
    pub(in crate::webhooks) async fn try_message(&self, receiver: &Opened, message: &Message) -> Try {
        let (at, begun) = (self.now(), self.parts.machine.elapsed());
        let answer = match &**receiver {
            Ok(receiver) => self.send_message(receiver, message).await,
            Err(unusable) => Err((*unusable).to_owned()),
        };
        Try { at, latency: self.parts.machine.elapsed().saturating_sub(begun), answer }
    }

    async fn send_message(&self, receiver: &Receiver, message: &Message) -> Result<Answer, String> {
        let machine = &*self.parts.machine;
        let (mut token, mut is_fresh) = match &receiver.credential {
            Credential::None => (None, true),
            Credential::Fixed(header) => (Some(header.clone()), true),
            Credential::Oauth(tokens) => {
                let (token, is_fresh) = tokens.get(&receiver.client, machine, None).await?;
                (Some(token), is_fresh)
            }
        };
        loop {
            let answer = self.exchange(receiver, message, token.as_ref()).await?;
            match &receiver.credential {
                // The receiver may have ended a token before its time: that is worth another one, once.
                Credential::Oauth(tokens) if answer.status == StatusCode::UNAUTHORIZED && !is_fresh => {
                    let (other, _) = tokens.get(&receiver.client, machine, token.as_ref()).await?;
                    (token, is_fresh) = (Some(other), true);
                }
                _ => return Ok(self.read(&answer)),
            }
        }
    }

    async fn exchange(
        &self,
        receiver: &Receiver,
        message: &Message,
        authorization: Option<&HeaderValue>,
    ) -> Result<Incoming, String> {
        // Receivers hold it against the time of their own machine, whatever a sandbox's clock shows.
        let timestamp = self.parts.machine.wall().as_second();
        let signature = receiver.sign(&message.guid, timestamp, &message.payload, self.now());
        let post =
            Post { id: message.guid.as_str(), timestamp, signature: &signature, body: &message.payload };
        let mut request = post.request(&receiver.url)?;
        if let Some(echo) = &message.callback_payload {
            request.headers.insert(CALLBACK_PAYLOAD, value(echo)?);
        }
        if let Some(authorization) = authorization {
            request.headers.insert(header::AUTHORIZATION, authorization.clone());
        }
        receiver.client.send_for_beginning(request, WEBHOOK_ANSWER).await.map_err(|error| error.to_string())
    }

    fn read(&self, answer: &Incoming) -> Answer {
        Answer {
            status: answer.status,
            // PostgreSQL does not store U+0000.
            beginning: String::from_utf8_lossy(&answer.body).replace('\0', "\u{fffd}"),
            retry_after: retry_after(&answer.headers, self.parts.machine.wall()),
        }
    }
}
