//! The outermost manner: the request's id, its log line and metrics, and the last word on what went wrong.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use metrics::{Label, SharedString};
use riverbank_model::{MachineClock, Secrets};
use tracing::Instrument;

use crate::error::{ApiError, Cause, ErrorCode};
use crate::media::Face;
use crate::touch::Touch;

/// The header that carries a request's id, in both directions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a client.
const LONGEST_ID: usize = 64;

/// Buckets of `http_request_duration_seconds`, in seconds: from a cached read to a request that is stuck.
pub const DURATION_BUCKETS: &[f64] =
    &[0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// What the log line and the metrics are made from.
pub struct Observer {
    clock: Arc<dyn MachineClock>,
    /// Tells the ids of this process from those of others.
    process: u32,
    requests: AtomicU64,
}

impl Observer {
    /// An observer whose ids begin with four bytes from `secrets`.
    pub fn new(clock: Arc<dyn MachineClock>, secrets: &dyn Secrets) -> Self {
        let mut process = [0; 4];
        secrets.fill(&mut process);
        Self { clock, process: u32::from_be_bytes(process), requests: AtomicU64::new(0) }
    }

    fn request_id(&self, headers: &HeaderMap) -> HeaderValue {
        let sane = |id: &[u8]| {
            (1..=LONGEST_ID).contains(&id.len())
                && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
        };
        if let Some(id) = headers.get(REQUEST_ID).filter(|id| sane(id.as_bytes())) {
            return id.clone();
        }
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let made = format!("{:08x}-{number:06x}", self.process);
        HeaderValue::try_from(made).unwrap_or(HeaderValue::from_static("-"))
    }
}

impl Observer {
    /// Runs a request to its end, whatever happens.
    pub(super) async fn observe(&self, mut request: Request, next: Next) -> Response {
        let id = self.request_id(request.headers());
        let id_text = id.to_str().unwrap_or_default().to_owned();
        let method = method_name(request.method());
        let face = Face::of(request.uri().path());
        let touch = Touch::of(request.uri().path());
        if let Some(touch) = &touch {
            request.extensions_mut().insert(touch.clone());
        }
        let span = tracing::info_span!("request", request_id = id_text);
        let started = self.clock.elapsed();

        let outcome = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span.clone()).await;
        let _in_span = span.entered();
        let mut response = outcome.unwrap_or_else(|panic| panicked(panic.as_ref(), face));
        if let Some(cause) = response.extensions_mut().remove::<Cause>() {
            tracing::error!(cause = cause.chain(), "internal error");
            response = unexplained(&response, &id_text);
        }

        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, id);
        if face.is_some() {
            headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        }
        let latency = self.clock.elapsed().saturating_sub(started);
        record(method, &response, latency);
        if let Some(touch) = touch {
            touch.note(method, &response, latency);
        }
        response
    }
}

/// The log line and the metrics of a request. What was only read is logged at DEBUG: callers poll.
fn record(method: &'static str, response: &Response, latency: Duration) {
    // The template of the matched route: the raw path may hold what is nobody's business.
    let route = response.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let (status, seconds) = (response.status(), latency.as_secs_f64());
    let milliseconds = seconds * 1e3;
    if method == "GET" && status.is_success() {
        tracing::debug!(method, route, status = status.as_u16(), milliseconds, "answered");
    } else {
        tracing::info!(method, route, status = status.as_u16(), milliseconds, "answered");
    }
    let route: SharedString = route.to_owned().into();
    let labels = [
        Label::from_static_parts("method", method),
        Label::new("route", route.clone()),
        Label::new("status", status.as_str().to_owned()),
    ];
    metrics::counter!("http_requests_total", labels.iter()).increment(1);
    metrics::histogram!("http_request_duration_seconds", "route" => route).record(seconds);
}

/// A method as a label; a client cannot make new labels.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[derive(Debug, thiserror::Error)]
#[error("panic: {0}")]
struct Panic(String);

fn panicked(panic: &(dyn Any + Send), face: Option<&Face>) -> Response {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    let error = ApiError::internal(Panic(text.unwrap_or_else(|| "without a text".to_owned())));
    let mut response = error.into_response();
    if let Some(face) = face {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(face.vendor));
    }
    response
}

/// The 500 that the client sees: the id and nothing else.
fn unexplained(inner: &Response, id: &str) -> Response {
    let message = format!("Internal error. The log explains it under the request id {id}.");
    let mut response = ApiError::new(ErrorCode::Internal, message).into_response();
    if let Some(media) = inner.headers().get(header::CONTENT_TYPE) {
        response.headers_mut().insert(header::CONTENT_TYPE, media.clone());
    }
    if let Some(route) = inner.extensions().get::<MatchedPath>() {
        response.extensions_mut().insert(route.clone());
    }
    response
}
