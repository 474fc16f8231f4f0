//! All routes over a bench, called without a socket. Every answer is held against the OpenAPI document.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, Method, Request, header};
use riverbank_engine::testing::{Backend, Bench};
use riverbank_model::Secrets;
use riverbank_model::secret::ExposeSecret;
use riverbank_testkit::client::Answer;
use riverbank_testkit::schema::Schema;
use serde_json::Value;
use tower::ServiceExt;

use crate::app::App;
use crate::body::BodyLimits;
use crate::manners::observe::Observer;
use crate::manners::with_manners;
use crate::media::{JSON, MDX, NEXUS, SSO};

/// A server without a socket.
pub(crate) struct Server {
    /// What it runs on.
    pub(crate) bench: Bench,
    router: Router,
    schema: Schema,
    control_schema: Schema,
}

/// The control key of every server here.
const CONTROL_KEY: &str = "control key";

/// A caller that sends the same headers every time.
#[derive(Clone)]
pub(crate) struct Caller<'a> {
    server: &'a Server,
    headers: Vec<(HeaderName, String)>,
}

/// Ids of requests need not be secret here.
struct Zeros;

impl Secrets for Zeros {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

impl Server {
    /// A server on a SQLite file of its own.
    pub(crate) async fn start() -> Self {
        Self::over(Bench::on(Backend::Sqlite).await)
    }

    /// A server on a SQLite file of its own, with the shipped test banks.
    pub(crate) async fn with_test_banks() -> Self {
        Self::over(Bench::with_test_banks(Backend::Sqlite).await)
    }

    /// Connects a user to MX Bank; the id of the new member, whose aggregation has ended.
    pub(crate) async fn connect_to_mx_bank(&self, client_id: &str, user_id: &str) -> String {
        let caller = self.bench.session(client_id, user_id).await.caller;
        let member = self.bench.mx_bank_member(&caller, "any").await.member;
        self.bench.run_jobs().await;
        member.guid.to_string()
    }

    /// A server on this bench.
    pub(crate) fn over(bench: Bench) -> Self {
        let app = App { engine: bench.engine.clone(), limit: None };
        let (router, document) = crate::routes::routes().split_for_parts();
        let router = router.merge(crate::control::routes(CONTROL_KEY.into())).with_state(app.clone());
        let fixed = crate::routes::test_endpoints().with_state(app);
        let observer = Observer::new(Arc::clone(bench.engine.machine()), &Zeros);
        let document = crate::openapi::complete(document);
        Self {
            bench,
            router: with_manners(router, Some(fixed), observer, BodyLimits::default(), None),
            schema: Schema::new(serde_json::to_value(document).expect("a document")),
            control_schema: Schema::new(
                serde_json::to_value(crate::control::document()).expect("a document"),
            ),
        }
    }

    /// A caller without headers.
    pub(crate) fn caller(&self) -> Caller<'_> {
        Caller { server: self, headers: Vec::new() }
    }

    /// A test suite.
    pub(crate) fn control(&self) -> Caller<'_> {
        self.caller().with("md-control-key", CONTROL_KEY)
    }

    /// The backend of a new client, which calls the partner face.
    pub(crate) async fn client(&self, client_id: &str) -> Caller<'_> {
        let client = self.bench.clients().create(client_id).await.expect("a client");
        self.caller().with("md-api-key", client.api_key.expose_secret())
    }

    /// A session of a user; client and user are made if they are not there.
    pub(crate) async fn session(&self, client_id: &str, user_id: &str) -> Caller<'_> {
        let session = self.bench.session(client_id, user_id).await;
        self.caller().with("md-session-token", session.token.expose_secret())
    }
}

impl Caller<'_> {
    /// With one more header, in place of one of that name.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        let name = HeaderName::from_static(name);
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    /// Posts a text of this media type.
    pub(crate) async fn post_text(&self, path: &str, media: &'static str, text: &str) -> Answer {
        self.ask(Method::POST, path, Some((media, text.to_owned()))).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let vendor = match path.split('/').nth(1) {
            Some("mdx") => MDX,
            Some("sso") => SSO,
            Some("control") => JSON,
            _ => NEXUS,
        };
        self.ask(method, path, body.map(|body| (vendor, body.to_string()))).await
    }

    async fn ask(&self, method: Method, path: &str, body: Option<(&'static str, String)>) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = match body {
            Some((media, text)) => request.header(header::CONTENT_TYPE, media).body(Body::from(text)),
            None => request.body(Body::empty()),
        };
        let router = self.server.router.clone();
        let response = router.oneshot(request.expect("a request")).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let answer = Answer {
            method,
            path: path.to_owned(),
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.expect("a whole body").to_vec(),
        };
        let is_control = answer.path.starts_with("/control/");
        let schema = if is_control { &self.server.control_schema } else { &self.server.schema };
        // What is posted to a sink is answered as it was told to; what browsers ask before they call is in no document.
        let is_described = !answer.path.starts_with("/control/sink/") && answer.method != Method::OPTIONS;
        if let Err(violation) = schema.verify(&answer)
            && is_described
        {
            panic!("{answer}\nbreaks the OpenAPI document: {violation}");
        }
        answer
    }
}
