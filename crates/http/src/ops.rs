//! What machines ask: health, metrics, the OpenAPI document.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use serde::Serialize;

use crate::answer::Answer;
use crate::error::{ApiError, ErrorCode};
use crate::manners::observe::DURATION_BUCKETS;

/// A readiness check that takes longer counts as a no, and so does a look at the queue.
const READY_TIME: Duration = Duration::from_secs(2);

/// How often old samples are folded together, so that metrics nobody collects do not grow.
const UPKEEP: Duration = Duration::from_secs(5);

/// The media type of the Prometheus text format.
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Who may read the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricsFor {
    /// Only callers on this machine that do not come through a proxy: for the address that everybody uses.
    Loopback,
    /// Whoever reaches the address: for an address of its own.
    Anyone,
}

/// Installs the process-wide metrics recorder and keeps it small. Call it once, inside the runtime.
pub fn install_metrics() -> Result<PrometheusHandle, BuildError> {
    let durations = Matcher::Suffix("_duration_seconds".to_owned());
    let handle =
        PrometheusBuilder::new().set_buckets_for_metric(durations, DURATION_BUCKETS)?.install_recorder()?;
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            upkeep.run_upkeep();
        }
    });
    Ok(handle)
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

/// `/health/live` and `/health/ready`. `ready` tells whether requests can be served now.
pub fn health<Check, Ready>(ready: Check) -> Router
where
    Check: Fn() -> Ready + Clone + Send + Sync + 'static,
    Ready: Future<Output = bool> + Send + 'static,
{
    let is_ready = move || {
        let check = ready();
        async move {
            match tokio::time::timeout(READY_TIME, check).await {
                Ok(true) => Ok(Answer::ok(Health { status: "ready" })),
                Ok(false) | Err(_) => Err(ApiError::from(ErrorCode::Unavailable)),
            }
        }
    };
    Router::new()
        .route("/health/live", get(async || Answer::ok(Health { status: "live" })))
        .route("/health/ready", get(is_ready))
}

/// `/metrics` in the Prometheus text format. `queue` tells how many jobs are ready and how many run, if it can.
pub fn metrics<Look, Length>(handle: PrometheusHandle, readers: MetricsFor, queue: Look) -> Router
where
    Look: Fn() -> Length + Clone + Send + Sync + 'static,
    Length: Future<Output = Option<(i64, i64)>> + Send + 'static,
{
    let render = move |parts: Parts| async move {
        if readers == MetricsFor::Loopback && !is_local(&parts) {
            return ApiError::new(ErrorCode::Forbidden, "Metrics are read from this machine.")
                .into_response();
        }
        take_gauges(tokio::time::timeout(READY_TIME, queue()).await.ok().flatten());
        ([(header::CONTENT_TYPE, PROMETHEUS)], handle.render()).into_response()
    };
    Router::new().route("/metrics", get(render))
}

/// Sets what is read off at the moment when it is asked for.
fn take_gauges(queue: Option<(i64, i64)>) {
    let count = |count: i64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    metrics::gauge!("runtime_tasks").set(u32::try_from(tasks).unwrap_or(u32::MAX));
    // What is not known is no number, rather than the last one that was.
    let (ready, running) =
        queue.map_or((f64::NAN, f64::NAN), |(ready, running)| (count(ready), count(running)));
    metrics::gauge!("jobs", "state" => "ready").set(ready);
    metrics::gauge!("jobs", "state" => "running").set(running);
}

/// An OpenAPI document at its path.
pub fn openapi(path: &str, document: String) -> Router {
    let document = bytes::Bytes::from(document);
    let serve = async move || -> Response {
        ([(header::CONTENT_TYPE, crate::media::JSON)], document.clone()).into_response()
    };
    Router::new().route(path, get(serve))
}

fn is_local(parts: &Parts) -> bool {
    let forwarded =
        |headers: &HeaderMap| headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback()) && !forwarded(&parts.headers)
}

#[cfg(test)]
mod tests;
