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

/// A readiness check that takes longer counts as a no.
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

/// `/metrics` in the Prometheus text format.
pub fn metrics(handle: PrometheusHandle, readers: MetricsFor) -> Router {
    let render = move |parts: Parts| async move {
        if readers == MetricsFor::Loopback && !is_local(&parts) {
            return ApiError::new(ErrorCode::Forbidden, "Metrics are read from this machine.")
                .into_response();
        }
        ([(header::CONTENT_TYPE, PROMETHEUS)], handle.render()).into_response()
    };
    Router::new().route("/metrics", get(render))
}

/// `/openapi.json`.
pub fn openapi(document: String) -> Router {
    let document = bytes::Bytes::from(document);
    let serve = async move || -> Response {
        ([(header::CONTENT_TYPE, crate::media::JSON)], document.clone()).into_response()
    };
    Router::new().route("/openapi.json", get(serve))
}

fn is_local(parts: &Parts) -> bool {
    let forwarded =
        |headers: &HeaderMap| headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback()) && !forwarded(&parts.headers)
}

#[cfg(test)]
mod tests;
