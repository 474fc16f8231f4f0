//! A thin JSON client: what a partner's backend does, in few words.

use std::collections::BTreeMap;
use std::sync::{Arc, Once};
use std::time::Duration;
use std::{error, fmt};

pub use reqwest::Method;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

const NEXUS: &str = "application/vnd.mx.nexus.v1+json";
const MDX: &str = "application/vnd.moneydesktop.mdx.v5+json";
const SSO: &str = "application/vnd.moneydesktop.sso.v3+json";
/// Longer than any answer should take, so that a stuck server fails a test and does not hang it. See
/// [`Caller::within`] for those that take longer.
const ANSWER_LIMIT: Duration = Duration::from_mins(1);

/// What `riverbank client create ID --json` prints.
#[derive(Debug, Clone, Deserialize)]
pub struct Credentials {
    pub client_id: String,
    pub client_guid: String,
    pub api_key: String,
}

/// One answer, read whole.
#[derive(Debug, Clone)]
pub struct Answer {
    pub method: Method,
    /// Path and query as they were asked for.
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Looks at every answer that a client gets, and panics at one that breaks the contract.
pub type Check = Arc<dyn Fn(&Answer) + Send + Sync>;

/// The request got no answer.
#[derive(Debug)]
pub struct NoAnswer(reqwest::Error);

impl fmt::Display for NoAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no answer: {}", self.0)
    }
}

impl error::Error for NoAnswer {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&self.0)
    }
}

impl Answer {
    /// The body as JSON; null when there is none.
    ///
    /// # Panics
    /// When the body is not JSON.
    pub fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{self} is not JSON: {error}"))
    }

    /// The thing under its root: `answer.root("member")`.
    ///
    /// # Panics
    /// When the status is not a success or the root is not there.
    pub fn root(&self, root: &str) -> Value {
        assert!(self.status.is_success(), "{self}");
        let mut json = self.json();
        assert!(json.get(root).is_some(), "no `{root}` in {self}");
        json[root].take()
    }

    /// The code of an error body.
    pub fn error_code(&self) -> Option<i64> {
        self.json()["error"]["code"].as_i64()
    }

    /// A header's text, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, status, body, .. } = self;
        write!(formatter, "{method} {path}: {status} {}", String::from_utf8_lossy(body))
    }
}

/// Sends requests to one server, with the same headers every time.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    base_url: String,
    headers: BTreeMap<&'static str, String>,
    limit: Duration,
    check: Option<Check>,
}

impl Caller {
    /// A caller without any header of its own.
    pub fn new(base_url: &str) -> Self {
        static PROVIDER: Once = Once::new();
        // Where another part of the process has installed a provider, that one serves as well.
        PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client for plain HTTP");
        Self {
            http,
            base_url: base_url.to_owned(),
            headers: BTreeMap::new(),
            limit: ANSWER_LIMIT,
            check: None,
        }
    }

    /// The same caller at another server.
    #[must_use]
    pub fn at(mut self, base_url: &str) -> Self {
        base_url.clone_into(&mut self.base_url);
        self
    }

    /// With this limit for every answer, where answers may take longer than a minute.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// With a check of every answer.
    #[must_use]
    pub fn checked(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }

    /// Without a check: for what the document does not describe.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.check = None;
        self
    }

    /// With a header on every request, in place of one of the same name.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.insert(name, value.into());
        self
    }

    /// Sends a request and reads its answer; the body is sent as the media type of `content-type`.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Answer, NoAnswer> {
        self.send_text(method, path, body.map(Value::to_string)).await
    }

    async fn send_text(&self, method: Method, path: &str, body: Option<String>) -> Result<Answer, NoAnswer> {
        self.send_bytes(method, path, body.map(String::into_bytes)).await
    }

    /// The same with whatever bytes.
    pub async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<Answer, NoAnswer> {
        let url = format!("{}{path}", self.base_url);
        let mut request = self.http.request(method.clone(), url).timeout(self.limit);
        for (name, value) in &self.headers {
            if *name != "content-type" || body.is_some() {
                request = request.header(*name, value);
            }
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await.map_err(NoAnswer)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.map_err(NoAnswer)?.to_vec();
        let answer = Answer { method, path: path.to_owned(), status, headers, body };
        if let Some(check) = &self.check {
            check(&answer);
        }
        Ok(answer)
    }

    /// # Panics
    /// When there is no answer, as the following ones.
    pub async fn get(&self, path: &str) -> Answer {
        self.must(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.must(Method::POST, path, Some(body)).await
    }

    /// Posts a text of this media type.
    pub async fn post_text(&self, path: &str, media: &str, text: &str) -> Answer {
        let caller = self.clone().header("content-type", media);
        let sent = caller.send_text(Method::POST, path, Some(text.to_owned())).await;
        sent.unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.must(Method::PUT, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.must(Method::DELETE, path, None).await
    }

    async fn must(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        match self.send(method.clone(), path, body).await {
            Ok(answer) => answer,
            Err(error) => panic!("{method} {path}: {error}"),
        }
    }
}

/// A partner's backend: its users, and sessions in their names.
#[derive(Clone)]
pub struct Partner {
    caller: Caller,
    client_id: String,
}

impl Partner {
    /// The partner with these credentials; `caller` carries no session.
    pub fn new(caller: Caller, credentials: &Credentials) -> Self {
        Self {
            caller: caller.header("md-api-key", &credentials.api_key),
            client_id: credentials.client_id.clone(),
        }
    }

    /// The same partner at another server.
    #[must_use]
    pub fn at(self, base_url: &str) -> Self {
        Self { caller: self.caller.at(base_url), ..self }
    }

    /// A caller of the user calls under `/mdx/{client_id}`.
    pub fn mdx(&self) -> Caller {
        self.caller.clone().header("accept", MDX).header("content-type", MDX)
    }

    /// A caller of the token calls under `/sso/{client_id}`.
    pub fn sso(&self) -> Caller {
        self.caller.clone().header("accept", SSO).header("content-type", SSO)
    }

    /// Makes a user and gives it back.
    pub async fn create_user(&self, user_id: &str) -> Value {
        let path = format!("/mdx/{}/users", self.client_id);
        self.mdx().post(&path, &json!({"user": {"id": user_id}})).await.root("user")
    }

    /// A one-time API token of the user.
    pub async fn api_token(&self, user_id: &str) -> String {
        let path = format!("/sso/{}/users/{user_id}/api_token", self.client_id);
        let token = self.sso().get(&path).await.root("api_token");
        token["token"].as_str().expect("a token").to_owned()
    }

    /// Opens a session in the user's name, without starting aggregations, and gives a caller of it.
    pub async fn session(&self, user_id: &str) -> Caller {
        let nexus = Caller { headers: BTreeMap::new(), ..self.caller.clone() }
            .header("accept", NEXUS)
            .header("content-type", NEXUS);
        let opened = nexus
            .clone()
            .header("md-api-token", self.api_token(user_id).await)
            .post("/sessions", &json!({"session": {"skip_aggregation": true}}))
            .await
            .root("session");
        nexus.header("md-session-token", opened["token"].as_str().expect("a token"))
    }
}
