//! The control face: what a test-suite may do to a sandbox. Mounted in sandbox mode only.

mod clock;
mod faults;
mod institutions;
mod key;
mod members;
mod sink;
mod state;
#[cfg(test)]
mod tests;
mod values;
mod webhooks;

use std::sync::Arc;

use axum::middleware::from_fn_with_state;
use axum::{Extension, Router};
use riverbank_model::SecretText;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
pub(crate) use faults::fault_of;
use values::Status;

/// Where the document of the control face is served, to everybody: it tells nothing of this server.
pub const DOCUMENT: &str = "/control/openapi.json";

/// The routes of the control face, behind its key.
pub fn routes(control_key: SecretText) -> Router<App> {
    let (routes, _) = operations().split_for_parts();
    let behind_key = routes.layer(from_fn_with_state(key::ControlKey::new(control_key), key::demand));
    // Whoever sends webhooks has no key.
    behind_key.merge(sink::receiving()).layer(Extension(Arc::<sink::Sinks>::default()))
}

/// The OpenAPI document of the control face, complete.
pub fn document() -> OpenApi {
    crate::openapi::complete_control(operations().into_openapi())
}

fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(clock::routes())
        .merge(members::routes())
        .merge(institutions::routes())
        .merge(faults::routes())
        .merge(sink::routes())
        .merge(webhooks::routes())
        .merge(state::routes())
}
