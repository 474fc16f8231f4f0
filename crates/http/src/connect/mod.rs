//! The connect face: what the pages that connect a bank ask for, beside the Nexus face.

mod oauth_states;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// The routes of the connect face.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/connect/api/oauth_states", get(oauth_states::list))
        .route("/connect/api/oauth_states/{guid}", get(oauth_states::read))
}
