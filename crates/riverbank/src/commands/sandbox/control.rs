//! The small client of the control face.

use std::fs;
use std::path::Path;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use riverbank_connect::transport::{Client, Outgoing, Policy};
use riverbank_model::limits::SNAPSHOT_FILE;
use riverbank_model::{ExposeSecret, SecretText};
use serde_json::Value;
use url::Url;

use super::Place;
use crate::config::Config;
use crate::failure::Failure;
use crate::wiring::control_key;

/// The longest that a call may take: a clock that is moved by months works through them.
const LONGEST: Duration = Duration::from_hours(1);

/// The control face of a running sandbox.
pub struct Control {
    client: Client,
    base: Url,
    key: SecretText,
}

impl Control {
    pub fn of(place: &Place, config: &Config) -> Result<Self, Failure> {
        let base = match &place.url {
            Some(url) => url.clone(),
            None => format!("http://{}", config.listen).parse().map_err(Failure::of)?,
        };
        Ok(Self { client: place.client()?, base, key: place.key(config)? })
    }

    /// Makes a call and gives its answer, null where that has no body. A refusal is a failure with its sentence.
    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let body = body.map(Value::to_string).unwrap_or_default();
        self.send(method, path, "application/json", body).await
    }

    /// The same with a text of this media type as its body.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        media: &'static str,
        body: String,
    ) -> Result<Value, Failure> {
        let answer = self.exchange(method, path, media, body.into_bytes()).await?;
        Ok(serde_json::from_slice(&answer).unwrap_or_default())
    }

    /// The same with bytes, of which the answer may be some as well.
    pub async fn exchange(
        &self,
        method: Method,
        path: &str,
        media: &'static str,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Failure> {
        let mut key = HeaderValue::from_str(self.key.expose_secret()).map_err(Failure::of)?;
        key.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("md-control-key"), key);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        let url = self.base.join(path).map_err(Failure::of)?;
        let request = Outgoing { method, url, headers, body };
        let answer = self.client.send(request).await.map_err(|error| {
            Failure::of(error)
                .about(&self.base)
                .hint("is the sandbox running, and is this its address (--url)?")
        })?;
        if answer.status.is_success() {
            return Ok(answer.body);
        }
        let json: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let sentence =
            json["error"]["message"].as_str().map_or_else(|| answer.status.to_string(), str::to_owned);
        Err(Failure::new(sentence))
    }
}

/// A field of an answer that is a text; empty where it is none.
pub fn text<'a>(thing: &'a Value, field: &str) -> &'a str {
    thing[field].as_str().unwrap_or_default()
}

/// What a list of an answer holds.
pub fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

impl Place {
    /// The control key.
    pub fn key(&self, config: &Config) -> Result<SecretText, Failure> {
        match (&self.key_file, &config.control_key) {
            (Some(file), _) => read_key(file),
            (None, Some(key)) => Ok(key.clone()),
            (None, None) => read_key(&control_key::path(config)),
        }
    }

    /// A client that trusts the authority.
    pub fn client(&self) -> Result<Client, Failure> {
        let mut policy = Policy { total_limit: LONGEST, size_limit: SNAPSHOT_FILE, ..Policy::sandbox() };
        if let Some(file) = &self.authority {
            policy
                .extra_roots
                .push(fs::read(file).map_err(|error| Failure::of(error).about(file.display()))?);
        }
        Client::new(policy).map_err(Failure::of)
    }
}

fn read_key(file: &Path) -> Result<SecretText, Failure> {
    let text = fs::read_to_string(file).map_err(|error| {
        Failure::of(error)
            .about(file.display())
            .hint("the control key is in RIVERBANK_CONTROL_KEY, or in a file (--key-file)")
    })?;
    Ok(text.trim().into())
}
