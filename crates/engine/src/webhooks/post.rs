//! A signed message as it is posted (Standard Webhooks specification).

use std::time::Duration;

use jiff::Timestamp;
use riverbank_connect::transport::{HeaderMap, HeaderName, HeaderValue, Method, Outgoing, Url, header};

const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("Riverbank/", env!("CARGO_PKG_VERSION")));
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const JSON_UTF8: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// A message with its signatures.
pub(crate) struct Post<'a> {
    /// Tells it from every other; the same when it is sent once more.
    pub(crate) id: &'a str,
    /// When it was signed, in seconds.
    pub(crate) timestamp: i64,
    /// Its signatures.
    pub(crate) signature: &'a str,
    /// JSON.
    pub(crate) body: &'a str,
}

impl Post<'_> {
    /// The request that posts it to an address.
    pub(crate) fn request(&self, url: &Url) -> Result<Outgoing, String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, JSON_UTF8);
        headers.insert(header::ACCEPT, JSON);
        headers.insert(header::USER_AGENT, USER_AGENT);
        headers.insert(ID, value(self.id)?);
        headers.insert(TIMESTAMP, HeaderValue::from(self.timestamp));
        headers.insert(SIGNATURE, value(self.signature)?);
        let body = self.body.to_owned().into_bytes();
        Ok(Outgoing { method: Method::POST, url: url.clone(), headers, body })
    }
}

/// A header's value.
pub(super) fn value(text: &str) -> Result<HeaderValue, String> {
    HeaderValue::try_from(text).map_err(|_| "a header cannot be written".to_owned())
}

/// What `Retry-After` says: seconds, or a date (RFC 9110, 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
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
