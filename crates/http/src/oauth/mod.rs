//! The OAuth face: the end user's browser, on the way to a bank and back.

mod assets;
mod callback;
mod end;
mod start;

use axum::Router;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::error::ApiError;
use crate::pages::Page;

/// The routes of the OAuth face.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/oauth/start/{token}", get(start::start))
        .route("/oauth/callback", get(callback::callback))
        .route("/oauth/style.css", get(assets::style))
        .route("/oauth/complete.js", get(assets::complete))
}

/// Whether a request only looks ahead: a HEAD, or a page that is loaded before anyone asked for it.
pub(crate) fn looks_ahead(method: &Method, headers: &HeaderMap) -> bool {
    let purpose = headers.get("sec-purpose").or_else(|| headers.get("purpose"));
    *method == Method::HEAD
        || purpose.is_some_and(|value| {
            value.as_bytes().windows(8).any(|part| part.eq_ignore_ascii_case(b"prefetch"))
        })
}

/// What an end user's browser gets: a failure is told on a page, not in JSON.
fn answered(app: &App, answer: Result<Response, ApiError>) -> Response {
    let public_url = &app.engine.settings().public_url;
    answer.unwrap_or_else(|error| Page::instead_of(public_url, &error).into_response())
}
