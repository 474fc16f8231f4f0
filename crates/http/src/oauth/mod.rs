//! The OAuth face: the end user's browser, on the way to a bank and back.

mod start;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// The routes of the OAuth face.
pub fn routes() -> Router<App> {
    Router::new().route("/oauth/start/{token}", get(start::start))
}
