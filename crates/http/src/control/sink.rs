//! A receiver of webhooks that a sandbox has built in: `/control/sink/{name}` takes whatever is posted to it, without a
//! key; `/control/sinks/{name}` shows what came, and says how to answer. It is kept in memory, by the server that got it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{Extension, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Router, body};
use riverbank_model::limits::BODY;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{Answer, NoContent};
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::values::{Moment, Text};

/// Names of sinks at once.
const SINKS: usize = 100;
/// Requests that a sink keeps; older ones are forgotten.
const KEPT: usize = 1000;
/// Bytes of all requests that a sink keeps.
const KEPT_BYTES: usize = 16 * BODY;
/// The longest that a sink may be told to wait.
const LONGEST_DELAY: Duration = Duration::from_mins(1);
/// Characters of a sink's name.
const NAME: usize = 64;
/// Headers that are not shown: they are secrets.
const HIDDEN: [HeaderName; 1] = [header::AUTHORIZATION];

/// The sinks of a server.
#[derive(Debug, Default)]
pub(super) struct Sinks(Mutex<BTreeMap<String, Sink>>);

#[derive(Debug, Default)]
struct Sink {
    manner: Manner,
    received: VecDeque<Received>,
    /// How many it was ever sent since it was cleared.
    count: u64,
}

/// How a sink answers.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = SinkManner)]
struct Manner {
    /// The status.
    #[schema(minimum = 200, maximum = 599)]
    status: u16,
    /// How long it waits before it answers.
    #[schema(maximum = 60_000)]
    delay_milliseconds: u64,
    /// What it says in `Retry-After`, in seconds.
    #[schema(maximum = 4_294_967_295_i64)]
    retry_after: Option<u32>,
    /// How many requests it answers so; after them 204 at once. All when absent.
    #[schema(maximum = 4_294_967_295_i64)]
    times: Option<u32>,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            status: StatusCode::NO_CONTENT.as_u16(),
            delay_milliseconds: 0,
            retry_after: None,
            times: None,
        }
    }
}

/// A request that a sink was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SinkRequest)]
struct Received {
    /// Business time.
    at: Moment,
    body: String,
    /// By names in small letters, without those that hold secrets.
    headers: BTreeMap<String, String>,
    /// The how-manieth it is since the sink was cleared.
    number: u64,
}

impl Sinks {
    /// Empties all of them.
    pub(super) fn forget_all(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Sink>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with a sink, which is made if it is not there.
    fn with<T>(&self, name: &str, work: impl FnOnce(&mut Sink) -> T) -> Result<T, ApiError> {
        let lawful = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if name.is_empty() || name.len() > NAME || !name.bytes().all(lawful) {
            return Err(ApiError::not_found());
        }
        let mut sinks = self.lock();
        if sinks.len() >= SINKS && !sinks.contains_key(name) {
            let message = format!("There are {SINKS} sinks already: delete one.");
            return Err(ApiError::new(ErrorCode::Unprocessable, message));
        }
        Ok(work(sinks.entry(name.to_owned()).or_default()))
    }
}

impl Sink {
    /// Keeps a request; how it is answered.
    fn take(&mut self, mut request: Received) -> Manner {
        self.count += 1;
        request.number = self.count;
        self.received.push_back(request);
        let bytes = |received: &VecDeque<Received>| received.iter().map(|one| one.body.len()).sum::<usize>();
        while self.received.len() > KEPT || bytes(&self.received) > KEPT_BYTES {
            self.received.pop_front();
        }
        match &mut self.manner.times {
            Some(0) => Manner::default(),
            Some(left) => {
                *left -= 1;
                self.manner.clone()
            }
            None => self.manner.clone(),
        }
    }
}

/// The address that takes what is posted to it.
pub(super) fn receiving() -> Router<App> {
    Router::new().route("/control/sink/{name}", post(receive))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(read, set, clear))
}

async fn receive(
    State(app): State<App>,
    Extension(sinks): Extension<Arc<Sinks>>,
    Path(name): Path<Text>,
    request: Request,
) -> Result<Response, ApiError> {
    let (head, body) = request.into_parts();
    let body = body::to_bytes(body, BODY).await.map_err(|_| ErrorCode::TooLarge)?;
    let shown = head.headers.iter().filter(|(name, _)| !HIDDEN.contains(name));
    let headers =
        shown.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
    let received = Received {
        at: app.engine.now().into(),
        body: String::from_utf8_lossy(&body).into_owned(),
        headers: headers.collect(),
        number: 0,
    };
    let manner = sinks.with(&name, |sink| sink.take(received))?;
    tokio::time::sleep(Duration::from_millis(manner.delay_milliseconds)).await;
    let status = StatusCode::from_u16(manner.status).unwrap_or(StatusCode::NO_CONTENT);
    let mut response = status.into_response();
    if let Some(seconds) = manner.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// A sink.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sink)]
struct SinkView {
    /// How it answers.
    manner: Manner,
    /// What it was sent, oldest first; the last thousand.
    received: Vec<Received>,
    /// How many it was sent since it was cleared.
    received_count: u64,
}

/// A sink with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SinkResponseBody)]
struct SinkBody {
    sink: SinkView,
}

impl From<&Sink> for SinkBody {
    fn from(sink: &Sink) -> Self {
        let received = sink.received.iter().cloned().collect();
        Self { sink: SinkView { manner: sink.manner.clone(), received, received_count: sink.count } }
    }
}

/// Read sink
///
/// What was posted to `/control/sink/{name}`. Any name is a sink.
#[utoipa::path(
    get,
    path = "/control/sinks/{name}",
    operation_id = "readSink",
    tag = "sinks",
    params(("name" = String, Path, description = "Letters, digits, dashes and underscores.")),
    responses(
        (status = 200, description = "The sink.", body = SinkBody),
        (status = 422, description = "There are too many sinks (4220)."),
    )
)]
async fn read(
    Extension(sinks): Extension<Arc<Sinks>>,
    Path(name): Path<Text>,
) -> Result<Answer<SinkBody>, ApiError> {
    Ok(Answer::ok(sinks.with(&name, |sink| SinkBody::from(&*sink))?))
}

impl RequestBody for Manner {
    const ROOT: Option<&'static str> = Some("sink");
}

type MannerBody = Body<Manner>;

/// Set sink
///
/// Says how a sink answers from now on; what is absent is as at first: 204 at once.
#[utoipa::path(
    put,
    path = "/control/sinks/{name}",
    operation_id = "setSink",
    tag = "sinks",
    params(("name" = String, Path, description = "Letters, digits, dashes and underscores.")),
    request_body = inline(MannerBody),
    responses(
        (status = 200, description = "The sink.", body = SinkBody),
        (status = 422, description = "There are too many sinks (4220)."),
    )
)]
async fn set(
    Extension(sinks): Extension<Arc<Sinks>>,
    Path(name): Path<Text>,
    Body(manner): MannerBody,
) -> Result<Answer<SinkBody>, ApiError> {
    if !(200..=599).contains(&manner.status) {
        return Err(ApiError::bad_request("status: must be a whole number from 200 to 599."));
    }
    if Duration::from_millis(manner.delay_milliseconds) > LONGEST_DELAY {
        return Err(ApiError::bad_request("delay_milliseconds: must be at most 60000."));
    }
    let set = |sink: &mut Sink| {
        sink.manner = manner;
        SinkBody::from(&*sink)
    };
    Ok(Answer::ok(sinks.with(&name, set)?))
}

/// Clear sink
///
/// Forgets what a sink was sent and how it was to answer.
#[utoipa::path(
    delete,
    path = "/control/sinks/{name}",
    operation_id = "clearSink",
    tag = "sinks",
    params(("name" = String, Path, description = "Letters, digits, dashes and underscores.")),
    responses((status = 204, description = "It is empty."))
)]
async fn clear(
    Extension(sinks): Extension<Arc<Sinks>>,
    Path(name): Path<Text>,
) -> Result<NoContent, ApiError> {
    sinks.lock().remove(&*name);
    Ok(NoContent)
}
