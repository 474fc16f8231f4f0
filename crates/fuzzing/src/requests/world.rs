//! What requests are sent to: a server without a socket, with a client, a user and a member.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use riverbank_engine::Page;
use riverbank_engine::members::ListMembers;
use riverbank_engine::testing::{Backend, Bench};
use riverbank_http::app::App;
use riverbank_http::body::BodyLimits;
use riverbank_http::manners::observe::Observer;
use riverbank_http::manners::with_manners;
use riverbank_http::{banks, connect, control, oauth, routes};
use riverbank_model::{ExposeSecret, Secrets};
use riverbank_testkit::client::Answer;
use riverbank_testkit::schema::Schema;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

const CLIENT: &str = "acme";
const USER: &str = "U-1";
const CONTROL_KEY: &str = "control";
/// The paths of browsers, of OAuth clients and of the sink, which no document describes.
const UNDESCRIBED: [&str; 5] = ["/.well-known/", "/banks/", "/connect/", "/control/sink/", "/oauth/"];

/// A server, and what stands for the words of an input.
pub(super) struct World {
    runtime: Runtime,
    bench: Bench,
    router: Router,
    key: String,
    /// Words and what stands for them.
    words: Vec<(&'static str, String)>,
    schema: Schema,
    control_schema: Schema,
}

/// Ids of requests need not be secret here.
struct Zeros;

impl Secrets for Zeros {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

impl World {
    pub(super) fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (bench, controlled, key) = runtime.block_on(async {
            let bench = Bench::with_test_banks(Backend::Sqlite).await;
            // Moving the clock runs what falls due, so it is done where there is nothing.
            let controlled = Bench::on(Backend::Sqlite).await;
            let client = bench.clients().create(CLIENT).await.expect("a client");
            (bench, controlled, client.api_key.expose_secret().to_owned())
        });
        let app = |bench: &Bench| App { engine: bench.engine.clone(), limit: None };
        let (faces, _) = routes::routes().split_for_parts();
        let faces = faces
            .merge(oauth::routes())
            .merge(connect::routes())
            .merge(banks::routes())
            .with_state(app(&bench));
        let control = control::routes(CONTROL_KEY.into()).with_state(app(&controlled));
        let observer = Observer::new(Arc::clone(bench.engine.machine()), &Zeros);
        let router = with_manners(faces.merge(control), None, observer, BodyLimits::default(), None);
        let [schema, control_schema] = super::documents().map(Schema::new);
        let mut world = Self { runtime, bench, router, key, words: Vec::new(), schema, control_schema };
        world.restore();
        world
    }

    /// Makes anew what a request may have ended: the user, the session, the member.
    pub(super) fn restore(&mut self) {
        let Self { runtime, bench, .. } = self;
        self.words = runtime.block_on(async {
            let session = bench.session(CLIENT, USER).await;
            let caller = session.caller;
            let all = ListMembers { use_case: None, is_managed_by_user: None, page: Page::new(1, 10) };
            let known = bench.engine.list_members(&caller, all).await.expect("the members");
            let member = known.members.into_iter().next();
            let member = match member {
                Some(member) => member,
                None => bench.mx_bank_member(&caller, "any").await,
            };
            let catalogue = bench.engine.catalogue().await.expect("a catalogue");
            let bank = catalogue.by_code("mxbank").expect("MX Bank");
            let [login, password] = [0, 1].map(|place| bank.credentials[place].guid.to_string());
            vec![
                ("$session", session.token.expose_secret().to_owned()),
                ("$key", self.key.clone()),
                ("$control", CONTROL_KEY.to_owned()),
                ("$client", CLIENT.to_owned()),
                ("$user", USER.to_owned()),
                ("$own", caller.user.to_string()),
                ("$basic", STANDARD.encode(format!("{CLIENT}:{}", self.key))),
                ("$member", member.member.guid.to_string()),
                ("$institution", bank.guid.to_string()),
                ("$login", login),
                ("$password", password),
            ]
        });
    }

    /// The input with what stands for its words; `$token` is a fresh one-time token.
    pub(super) fn filled_in(&self, input: &[u8]) -> Vec<u8> {
        let mut filled = input.to_vec();
        for (word, value) in &self.words {
            filled = replaced(filled, word, || value.clone());
        }
        replaced(filled, "$token", || {
            self.runtime.block_on(async {
                let (partner, _) = self.bench.user(CLIENT, USER).await;
                let token = self.bench.engine.create_api_token(&partner, USER).await.expect("a token");
                token.expose_secret().to_owned()
            })
        })
    }

    /// The OpenAPI document that speaks of the answer: it was given by an operation, as it is.
    pub(super) fn schema_of(&self, answer: &Answer) -> Option<&Schema> {
        let is_given = answer.status.is_success() && answer.header("content-encoding").is_none();
        let schema = if answer.path.starts_with("/control/") { &self.control_schema } else { &self.schema };
        // What browsers ask before they call is in no document either.
        let is_bare =
            answer.method == Method::OPTIONS || UNDESCRIBED.iter().any(|face| answer.path.starts_with(face));
        (is_given && !is_bare).then_some(schema)
    }

    pub(super) fn send(&self, request: Request<Body>) -> (response::Parts, Vec<u8>) {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            (parts, to_bytes(body, usize::MAX).await.expect("a whole body").to_vec())
        })
    }
}

/// `text` with every `word` replaced.
fn replaced(text: Vec<u8>, word: &str, value: impl Fn() -> String) -> Vec<u8> {
    let word = word.as_bytes();
    let mut rest = text.as_slice();
    let mut filled = Vec::new();
    while let Some(at) = rest.windows(word.len()).position(|window| window == word) {
        filled.extend_from_slice(&rest[..at]);
        filled.extend_from_slice(value().as_bytes());
        rest = &rest[at + word.len()..];
    }
    if filled.is_empty() && rest.len() == text.len() {
        return text;
    }
    filled.extend_from_slice(rest);
    filled
}
