//! One try: the request is made, signed and sent, and its answer read.

use std::time::Duration;

use jiff::Timestamp;
use riverbank_connect::transport::{
    HeaderMap, HeaderName, HeaderValue, Incoming, Method, Outgoing, StatusCode, header,
};
use riverbank_model::limits::WEBHOOK_ANSWER;
use riverbank_store::webhook_messages::Message;

use super::receiver::{Credential, Opened, Receiver};
use crate::Engine;

const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("Riverbank/", env!("CARGO_PKG_VERSION")));
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const JSON_UTF8: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");
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
        let value =
            |text: &str| HeaderValue::try_from(text).map_err(|_| "a header cannot be written".to_owned());
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, JSON_UTF8);
        headers.insert(header::ACCEPT, JSON);
        headers.insert(header::USER_AGENT, USER_AGENT);
        headers.insert(ID, value(message.guid.as_str())?);
        headers.insert(TIMESTAMP, HeaderValue::from(timestamp));
        headers.insert(SIGNATURE, value(&signature)?);
        if let Some(echo) = &message.callback_payload {
            headers.insert(CALLBACK_PAYLOAD, value(echo)?);
        }
        if let Some(authorization) = authorization {
            headers.insert(header::AUTHORIZATION, authorization.clone());
        }
        let body = message.payload.clone().into_bytes();
        let request = Outgoing { method: Method::POST, url: receiver.url.clone(), headers, body };
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

/// What `Retry-After` says: seconds, or a date (RFC 9110, 10.2.3).
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?;
    Duration::try_from(date.timestamp().duration_since(now)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let now: Timestamp = "2026-10-21T07:28:00Z".parse().unwrap();
        let read = |text: &'static str| {
            let headers = HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from_static(text))]);
            retry_after(&headers, now).map(|after| after.as_secs())
        };
        assert_eq!(read("120"), Some(120));
        assert_eq!(read(" 0 "), Some(0));
        assert_eq!(read("Wed, 21 Oct 2026 07:29:00 GMT"), Some(60));
        for text in ["Wed, 21 Oct 2026 07:27:00 GMT", "soon", "-1", "1.5", ""] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
