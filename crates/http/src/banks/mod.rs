//! The test banks: the authorisation servers of scripted institutions, as any client of OAuth 2 meets them. Mounted in
//! sandbox mode only.

mod authorize;
mod bank;
mod documents;
mod endpoints;
mod resources;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The routes of the test banks.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/banks/{code}/.well-known/openid-configuration", get(documents::discovery))
        .route("/.well-known/oauth-authorization-server/banks/{code}", get(documents::discovery))
        .route("/banks/{code}/jwks", get(documents::keys))
        .route("/banks/{code}/authorize", get(authorize::ask).post(authorize::decide))
        .route("/banks/{code}/par", post(endpoints::push))
        .route("/banks/{code}/token", post(endpoints::token))
        .route("/banks/{code}/revoke", post(endpoints::revoke))
        .route("/banks/{code}/userinfo", get(resources::userinfo))
        .route("/banks/{code}/consent", get(resources::consent))
}
