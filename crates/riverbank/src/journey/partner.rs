//! Calling a sandbox as its partner, as the operator's test suite, or in a user's name.

use std::collections::BTreeMap;

use axum::http::header::{CONTENT_TYPE, InvalidHeaderName, InvalidHeaderValue};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use riverbank_connect::transport::{Client, Outgoing, TransportError};
use riverbank_model::{ExposeSecret, SecretText};
use serde_json::{Value, json};
use url::Url;

use super::expectation::Seen;
use super::file::{Call, Caller};
use super::values::{Unknown, Values};

/// What opens the faces of a sandbox.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The client's id.
    pub client_id: String,
    /// Its API key.
    pub api_key: SecretText,
    /// The key of the control face.
    pub control_key: SecretText,
}

/// Why a call has no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// It was not sent, or nothing came back.
    #[error(transparent)]
    Unreachable(#[from] TransportError),
    /// A name stands for nothing.
    #[error("{{{}}} stands for nothing", .0.0)]
    Unknown(Unknown),
    /// The path does not make an address.
    #[error("the path makes no address: {0}")]
    Address(#[from] url::ParseError),
    /// Not the name of a header.
    #[error("{0}")]
    HeaderName(#[from] InvalidHeaderName),
    /// Not the value of a header.
    #[error("{0}")]
    HeaderValue(#[from] InvalidHeaderValue),
    /// A call that the journey does not judge was refused.
    #[error("{call} answered {} {}", .seen.status, .seen.text)]
    Refused { call: String, seen: Box<Seen> },
    /// A user calls whose session was never opened.
    #[error("there is no session of {0}")]
    NotOpen(String),
}

impl From<Unknown> for NoAnswer {
    fn from(unknown: Unknown) -> Self {
        Self::Unknown(unknown)
    }
}

/// A caller of one sandbox.
pub struct Partner {
    client: Client,
    base: Url,
    keys: Keys,
    /// Tokens by user.
    sessions: BTreeMap<String, SecretText>,
    /// The user whose session was opened last.
    current: Option<String>,
}

impl Partner {
    /// A caller of the sandbox at `base`.
    pub fn new(client: Client, base: Url, keys: Keys) -> Self {
        Self { client, base, keys, sessions: BTreeMap::new(), current: None }
    }

    /// The id of the client.
    pub fn client_id(&self) -> &str {
        &self.keys.client_id
    }

    /// Makes a call of a journey; also how it reads with its names replaced.
    pub async fn call(&self, call: &Call, values: &Values) -> Result<(String, Seen), NoAnswer> {
        let path = values.text(&call.path)?;
        let caller = call.caller.clone().unwrap_or_else(|| self.caller_of(&path));
        let mut headers = self.key_of(&caller)?;
        for (name, value) in &call.headers {
            let name: HeaderName = name.parse()?;
            headers.insert(name, values.text(value)?.parse()?);
        }
        let body = call.body.as_ref().map(|body| values.json(body)).transpose()?;
        let seen = self.send(&call.method, &path, headers, body.as_ref()).await?;
        Ok((format!("{} {path}", call.method), seen))
    }

    /// Calls the control face.
    pub async fn control(&self, path: &str, body: &Value) -> Result<(String, Seen), NoAnswer> {
        let headers = self.key_of(&Caller::Control)?;
        Ok((format!("POST {path}"), self.send(&Method::POST, path, headers, Some(body)).await?))
    }

    /// Opens a session in the name of a user, who is made if not there. Gives the answer of the last call.
    pub async fn open(&mut self, user: &str, skip_aggregation: bool) -> Result<(String, Seen), NoAnswer> {
        let client = &self.keys.client_id;
        let (users, token) =
            (format!("/mdx/{client}/users"), format!("/sso/{client}/users/{user}/api_token"));
        let partner = self.key_of(&Caller::Partner)?;
        let mut given = self.send(&Method::GET, &token, partner.clone(), None).await?;
        if given.status == 404 {
            let user = json!({"user": {"id": user}});
            let made = self.send(&Method::POST, &users, partner.clone(), Some(&user)).await?;
            if made.status != 200 {
                return Err(NoAnswer::Refused { call: format!("POST {users}"), seen: Box::new(made) });
            }
            given = self.send(&Method::GET, &token, partner, None).await?;
        }
        let Some(api_token) = given.json["api_token"]["token"].as_str() else {
            return Err(NoAnswer::Refused { call: format!("GET {token}"), seen: Box::new(given) });
        };
        let headers = HeaderMap::from_iter([(API_TOKEN, sensitive(api_token)?)]);
        let wish = json!({"session": {"skip_aggregation": skip_aggregation}});
        let opened = self.send(&Method::POST, "/sessions", headers, Some(&wish)).await?;
        let Some(token) = opened.json["session"]["token"].as_str() else {
            return Err(NoAnswer::Refused { call: "POST /sessions".to_owned(), seen: Box::new(opened) });
        };
        self.sessions.insert(user.to_owned(), SecretText::from(token.to_owned()));
        self.current = Some(user.to_owned());
        Ok((format!("open {user}"), opened))
    }

    /// Who calls a path, where nobody is named: its face says it.
    fn caller_of(&self, path: &str) -> Caller {
        match path.split(['/', '?']).nth(1) {
            Some("control") => Caller::Control,
            Some("mdx" | "sso") => Caller::Partner,
            _ => self.current.clone().map_or(Caller::Nobody, Caller::User),
        }
    }

    /// The header that says who calls.
    fn key_of(&self, caller: &Caller) -> Result<HeaderMap, NoAnswer> {
        let (name, key) = match caller {
            Caller::Nobody => return Ok(HeaderMap::new()),
            Caller::Partner => (API_KEY, &self.keys.api_key),
            Caller::Control => (CONTROL_KEY, &self.keys.control_key),
            Caller::User(user) => {
                (SESSION_TOKEN, self.sessions.get(user).ok_or_else(|| NoAnswer::NotOpen(user.clone()))?)
            }
        };
        Ok(HeaderMap::from_iter([(name, sensitive(key.expose_secret())?)]))
    }

    async fn send(
        &self,
        method: &Method,
        path: &str,
        mut headers: HeaderMap,
        body: Option<&Value>,
    ) -> Result<Seen, NoAnswer> {
        if body.is_some() {
            // Every face takes it.
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        }
        let url = self.base.join(path)?;
        let body = body.map(Value::to_string).unwrap_or_default().into_bytes();
        let answer = self.client.send(Outgoing { method: method.clone(), url, headers, body }).await?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        let json = serde_json::from_slice(&answer.body).unwrap_or_default();
        Ok(Seen { status: answer.status.as_u16(), json, text })
    }
}

const API_KEY: HeaderName = HeaderName::from_static("md-api-key");
const API_TOKEN: HeaderName = HeaderName::from_static("md-api-token");
const CONTROL_KEY: HeaderName = HeaderName::from_static("md-control-key");
const SESSION_TOKEN: HeaderName = HeaderName::from_static("md-session-token");

fn sensitive(text: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::from_str(text)?;
    value.set_sensitive(true);
    Ok(value)
}
