//! The routers of a server: the one for everybody, and the one for machines where it has an address of its own.

use std::sync::Arc;

use axum::Router;
use metrics_exporter_prometheus::PrometheusHandle;
use riverbank_engine::Engine;
use riverbank_http::app::App;
use riverbank_http::body::BodyLimits;
use riverbank_http::manners::limit::RequestLimit;
use riverbank_http::manners::observe::Observer;
use riverbank_http::manners::with_manners;
use riverbank_http::ops::{self, MetricsFor};
use riverbank_http::{banks, connect, console, control, oauth, openapi, routes};
use riverbank_model::{MachineClock, SecretText};
use riverbank_store::{Store, jobs};

use crate::config::Config;
use crate::failure::Failure;
use crate::system::OsSecrets;

/// What is served at the listening address. `control_key` opens the control face, which only a sandbox has, as it
/// alone has test banks.
pub fn public(
    config: &Config,
    engine: Engine,
    machine: &Arc<dyn MachineClock>,
    control_key: Option<SecretText>,
    metrics: &PrometheusHandle,
) -> Result<Router, Failure> {
    let store = engine.store().clone();
    let limit = config
        .request_limit
        .map(|per_second| Arc::new(RequestLimit::new(per_second, per_second, Arc::clone(machine))));
    let (faces, _) = routes::routes().split_for_parts();
    let is_sandbox = control_key.is_some();
    let mut faces = faces.merge(oauth::routes()).merge(connect::routes());
    let mut documents =
        ops::openapi("/openapi.json", openapi::text(&routes::document()).map_err(Failure::of)?);
    if let Some(key) = control_key {
        faces = faces.merge(control::routes(key)).merge(banks::routes());
        let document = openapi::text(&control::document()).map_err(Failure::of)?;
        documents = documents.merge(ops::openapi(control::DOCUMENT, document));
    }
    let app = App { engine, limit };
    let test_endpoints = is_sandbox.then(|| routes::test_endpoints().with_state(app.clone()));
    let console = config.console.then(|| console::routes(app.clone()));
    let mut router = faces.with_state(app).merge(documents);
    if let Some(console) = console {
        router = router.merge(console);
    }
    if config.ops_listen.is_none() {
        router = router.merge(for_machines(store, metrics, MetricsFor::Loopback));
    }
    let own_host = config.public_url.as_ref().and_then(|url| url.host_str()).map(str::to_owned);
    let observer = Observer::new(Arc::clone(machine), &OsSecrets);
    Ok(with_manners(router, test_endpoints, observer, BodyLimits::default(), own_host))
}

/// Health and metrics.
pub fn for_machines(store: Store, metrics: &PrometheusHandle, readers: MetricsFor) -> Router {
    let queued = store.clone();
    let is_ready = move || {
        let store = store.clone();
        async move { store.check().await.is_ok() }
    };
    let queue = move || {
        let store = queued.clone();
        async move { jobs::queue_length(&*store.read().await.ok()?).await.ok() }
    };
    ops::health(is_ready).merge(ops::metrics(metrics.clone(), readers, queue))
}
