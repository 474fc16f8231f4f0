//! `GET /oauth/start/{token}`: the one-time address that an end user opens.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riverbank_engine::oauth::{Departure, Started};
use riverbank_engine::pages::Language;
use riverbank_model::limits::OAUTH_PENDING;
use riverbank_model::{ExposeSecret, SecretText};

use super::end::ended;
use super::{answered, looks_ahead};
use crate::app::App;
use crate::error::ApiError;
use crate::language::Spoken;
use crate::pages::{Page, WayWords, see_other};

/// Spends the address and sends the browser on to the institution. What looks ahead spends nothing.
pub(super) async fn start(
    State(app): State<App>,
    method: Method,
    spoken: Spoken,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    if looks_ahead(&method, &headers) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let language = spoken.or_english();
    answered(&app, language, spend(&app, language, token).await)
}

async fn spend(app: &App, language: Language, token: String) -> Result<Response, ApiError> {
    let public_url = &app.engine.settings().public_url;
    let words = WayWords::of(language);
    match app.engine.start_oauth(&SecretText::from(token)).await? {
        Started::Departed(departure) => departed(public_url, &departure),
        Started::Ended(end) => ended(public_url, language, &end),
        Started::Unknown => {
            Ok(Page::saying(public_url, language, StatusCode::NOT_FOUND, words.spent, words.spent_text)
                .into_response())
        }
    }
}

/// The way on, and what the browser is to show when it comes back. The return is a navigation from another site, so
/// the cookie must be Lax.
fn departed(public_url: &str, departure: &Departure) -> Result<Response, ApiError> {
    let secure = if public_url.starts_with("https:") { "; Secure" } else { "" };
    let cookie = format!(
        "{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
        departure.browser_mark,
        departure.browser_token.expose_secret(),
        OAUTH_PENDING.as_secs(),
    );
    let mut cookie = HeaderValue::try_from(cookie).map_err(ApiError::internal)?;
    cookie.set_sensitive(true);
    let mut response = see_other(&departure.url)?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
