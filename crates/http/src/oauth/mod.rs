//! The OAuth face: the end user's browser, on the way to a bank and back.

mod assets;
mod callback;
mod end;
mod start;

use axum::Router;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use riverbank_engine::pages::Language;

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
fn answered(app: &App, language: Language, answer: Result<Response, ApiError>) -> Response {
    let public_url = &app.engine.settings().public_url;
    answer.unwrap_or_else(|error| Page::instead_of(public_url, language, &error).into_response())
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode};
    use riverbank_engine::testing::{Backend, Bench};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn an_end_user_is_told_in_the_language_of_the_browser() {
        let bench = Bench::with_test_banks(Backend::Sqlite).await;
        let router = routes().with_state(App { engine: bench.engine.clone(), limit: None });
        for (asked, tag, title) in [
            ("fr-CA,fr;q=0.9", "fr-CA", "Cette adresse ne fonctionne plus"),
            ("de, es;q=0.5", "es", "Esta dirección ya no funciona"),
            ("de", "en", "This address no longer works"),
        ] {
            let request = Request::get("/oauth/start/spent").header("accept-language", asked);
            let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status(), StatusCode::NOT_FOUND);
            let page = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let page = String::from_utf8(page.to_vec()).unwrap();
            assert!(page.contains(&format!("<html lang=\"{tag}\">")), "{page}");
            assert!(page.contains(title), "{page}");
        }
    }
}
