//! Bearer tokens by client credentials (RFC 6749, 4.4), kept until shortly before they expire.

use std::time::Duration;

use riverbank_connect::transport::{Client, HeaderMap, HeaderValue, Method, Outgoing, Url, header};
use riverbank_model::{MachineClock, SecretText};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::receiver::{Unusable, basic, bearer};

/// A token that is used no longer than this is used at all: what is left of it may run out on the way.
const MARGIN: Duration = Duration::from_secs(30);
/// How long a token is used whose answer does not say how long it lives.
const UNSAID: Duration = Duration::from_mins(5);

/// Where the tokens of an endpoint come from.
pub(super) struct Tokens {
    url: Url,
    credential: HeaderValue,
    body: String,
    /// The one in use. Whoever fetches holds this, so that nobody else does at the same time.
    current: Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    header: HeaderValue,
    /// Machine time.
    until: Duration,
}

/// The answer of a token endpoint. What more it holds does not matter.
#[derive(Deserialize)]
struct TokenAnswer {
    access_token: SecretText,
    expires_in: Option<u64>,
}

impl Tokens {
    pub(super) fn new(
        url: Url,
        client_id: &str,
        client_secret: &SecretText,
        scope: Option<String>,
    ) -> Result<Self, Unusable> {
        let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let secret = encoded(riverbank_model::ExposeSecret::expose_secret(client_secret)).into();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if let Some(scope) = scope {
            form.append_pair("scope", &scope);
        }
        Ok(Self {
            url,
            credential: basic(&encoded(client_id), &secret)?,
            body: form.finish(),
            current: Mutex::new(None),
        })
    }

    /// A token that is alive, and whether it was fetched just now. One that was `refused` is not used again.
    pub(super) async fn get(
        &self,
        client: &Client,
        machine: &dyn MachineClock,
        refused: Option<&HeaderValue>,
    ) -> Result<(HeaderValue, bool), String> {
        let mut current = self.current.lock().await;
        if let Some(token) = &*current
            && token.until > machine.elapsed()
            && refused != Some(&token.header)
        {
            return Ok((token.header.clone(), false));
        }
        *current = None;
        let token = self.fetch(client, machine).await.map_err(|why| format!("no token: {why}"))?;
        let header = token.header.clone();
        *current = Some(token);
        Ok((header, true))
    }

    async fn fetch(&self, client: &Client, machine: &dyn MachineClock) -> Result<Token, String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, self.credential.clone());
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, form);
        let body = self.body.clone().into_bytes();
        let request = Outgoing { method: Method::POST, url: self.url.clone(), headers, body };
        let asked = machine.elapsed();
        let answer = client.send(request).await.map_err(|error| error.to_string())?;
        if !answer.status.is_success() {
            return Err(format!("the token address answered {}", answer.status.as_u16()));
        }
        let told: TokenAnswer =
            serde_json::from_slice(&answer.body).map_err(|_| "the token address answered no token")?;
        let life = told.expires_in.map_or(UNSAID, Duration::from_secs);
        let until = asked.saturating_add(life.saturating_sub(MARGIN));
        Ok(Token { header: bearer(&told.access_token)?, until })
    }
}
