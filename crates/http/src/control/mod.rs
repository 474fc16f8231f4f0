//! The control face: what a test-suite may do to a sandbox. Mounted in sandbox mode only.

mod clock;
mod key;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use riverbank_model::SecretText;

use crate::app::App;

/// The routes of the control face, behind its key.
pub fn routes(control_key: SecretText) -> Router<App> {
    Router::new()
        .route("/control/clock", get(clock::read))
        .route("/control/clock/advance", post(clock::advance))
        .route("/control/clock/freeze", post(clock::freeze))
        .route("/control/clock/resume", post(clock::resume))
        .route("/control/clock/set", post(clock::set))
        .layer(from_fn_with_state(key::ControlKey::new(control_key), key::demand))
}
