//! `GET /oauth/start/{token}`: the one-time address that an end user opens.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use riverbank_engine::members::OpenedWindow;
use riverbank_model::SecretText;

use crate::app::App;
use crate::error::ApiError;

/// Spends the address. What looks ahead, a HEAD or a prefetch, spends nothing.
pub(super) async fn start(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    if method == Method::HEAD || is_prefetch(&headers) {
        return Ok(page(StatusCode::NO_CONTENT, "", ""));
    }
    Ok(match app.engine.open_oauth_window(&SecretText::from(token)).await? {
        OpenedWindow::Spent => page(
            StatusCode::SERVICE_UNAVAILABLE,
            "Signing in at the bank is not possible yet",
            "This server cannot send you to the bank's own page yet. Nothing was changed; you can close this page.",
        ),
        OpenedWindow::Unknown => page(
            StatusCode::NOT_FOUND,
            "This address no longer works",
            "It was used before, or it has expired. Go back to the app that sent you here and start again.",
        ),
    })
}

/// Browsers say so when they load a page before anyone asked for it.
fn is_prefetch(headers: &HeaderMap) -> bool {
    let purpose = headers.get("sec-purpose").or_else(|| headers.get("purpose"));
    purpose
        .is_some_and(|value| value.as_bytes().windows(8).any(|part| part.eq_ignore_ascii_case(b"prefetch")))
}

fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let body = if status == StatusCode::NO_CONTENT {
        String::new()
    } else {
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
             <body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n</main>\n</body>\n</html>\n"
        )
    };
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'self'; frame-ancestors 'none'"),
    ];
    (status, headers, Html(body)).into_response()
}
