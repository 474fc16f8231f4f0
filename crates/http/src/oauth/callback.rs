//! `GET /oauth/callback`: an institution sends an end user's browser back.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riverbank_engine::banks::Parameters;
use riverbank_engine::oauth::{Answer, Return, Returned, browser_mark};
use riverbank_engine::pages::Language;
use riverbank_model::SecretText;

use super::end::ended;
use super::{answered, looks_ahead};
use crate::app::App;
use crate::error::ApiError;
use crate::language::Spoken;
use crate::pages::{Page, WayWords};

/// Ends a way, once. What looks ahead ends nothing.
pub(super) async fn callback(
    State(app): State<App>,
    method: Method,
    spoken: Spoken,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if looks_ahead(&method, &headers) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let language = spoken.or_english();
    match read(query.unwrap_or_default().as_bytes(), &headers) {
        Some(back) => answered(&app, language, finish(&app, language, back).await),
        None => lost(&app.engine.settings().public_url, language).into_response(),
    }
}

async fn finish(app: &App, language: Language, back: Return) -> Result<Response, ApiError> {
    let public_url = &app.engine.settings().public_url;
    let mark = browser_mark(&back.state);
    match app.engine.finish_oauth(back).await? {
        Returned::Ended(end) => {
            let mut response = ended(public_url, language, &end)?;
            let forgotten = format!("{mark}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
            let forgotten = HeaderValue::try_from(forgotten).map_err(ApiError::internal)?;
            response.headers_mut().insert(header::SET_COOKIE, forgotten);
            Ok(response)
        }
        Returned::Unknown => Ok(lost(public_url, language).into_response()),
        Returned::OtherBrowser => Ok(Page::saying(
            public_url,
            language,
            StatusCode::FORBIDDEN,
            WayWords::of(language).other_browser,
            WayWords::of(language).other_browser_text,
        )
        .into_response()),
    }
}

/// What came back; none when a parameter stands more than once (RFC 6749, 3.1), or no state leads anywhere.
fn read(query: &[u8], headers: &HeaderMap) -> Option<Return> {
    let parameters = Parameters::read(query);
    let is_single = |name| parameters.all(name).nth(1).is_none();
    if !["state", "code", "error", "iss"].into_iter().all(is_single) {
        return None;
    }
    let text = |name| parameters.get(name).map(str::to_owned);
    let state = SecretText::from(text("state")?);
    let answer = Answer { code: text("code").map(SecretText::from), error: text("error"), iss: text("iss") };
    Some(Return { browser: cookie(headers, &browser_mark(&state)), state, answer })
}

/// The cookie of this name.
fn cookie(headers: &HeaderMap, name: &str) -> Option<SecretText> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| SecretText::from(value))
}

fn lost(public_url: &str, language: Language) -> Page {
    let words = WayWords::of(language);
    Page::saying(public_url, language, StatusCode::NOT_FOUND, words.lost, words.lost_text)
}
