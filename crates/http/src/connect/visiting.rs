//! Whose page is asked for, and what is said when nobody's is.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riverbank_engine::Mode;
use riverbank_engine::pages::{Language, PageOptions, Visit};
use riverbank_model::{ExposeSecret, SecretText};
use serde::de::DeserializeOwned;

use super::frame::{Frame, Frames, Saying, rendered, see_other};
use super::speech::{Message, on_loading};
use super::words::Words;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::language::Spoken;

/// A visit that is alive; a page says so when there is none.
pub(super) struct Visiting {
    pub(super) app: App,
    pub(super) visit: Visit,
    pub(super) words: &'static Words,
    /// Where the pages of the visit stand.
    pub(super) base: String,
    frames: Frames,
    /// The page is the first of the visit.
    pub(super) is_first: bool,
}

impl FromRequestParts<App> for Visiting {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let headers = parts.headers.clone();
        let Some(token) = token_of(parts, app).await else { return Err(ended(app, &headers, None).await) };
        match visiting(app, &token).await {
            Ok(Some(visiting)) => Ok(visiting),
            Ok(None) => Err(ended(app, &headers, Some(&token)).await),
            Err(error) => Err(failed(app, Spoken::of(&headers).0, &Frames::default(), &error)),
        }
    }
}

/// What the path names the visit by.
async fn token_of(parts: &mut Parts, app: &App) -> Option<SecretText> {
    let path = RawPathParams::from_request_parts(parts, app).await.ok()?;
    let (_, token) = path.iter().find(|(name, _)| *name == "session")?;
    Some(SecretText::from(token))
}

async fn visiting(app: &App, token: &SecretText) -> Result<Option<Visiting>, ApiError> {
    let Some(visit) = app.engine.authenticate_page(token).await? else { return Ok(None) };
    app.admit(&visit.caller.client)?;
    let base = format!("{}/connect/s/{}", app.engine.settings().public_url, token.expose_secret());
    Ok(Some(Visiting {
        app: app.clone(),
        words: Words::of(visit.options.language.unwrap_or_default()),
        base,
        frames: Frames { origins: visit.origins.clone(), takes_loopback: visit.takes_loopback },
        visit,
        is_first: false,
    }))
}

impl Visiting {
    /// The document around a page, which tells of this.
    pub(super) fn frame(&self, step: &'static str, messages: Vec<Message>) -> Frame {
        let first = if self.is_first {
            let loaded = serde_json::json!({"initial_step": step});
            vec![Message::bare("mx/load"), Message::new("mx/connect/loaded", loaded)]
        } else {
            Vec::new()
        };
        Frame {
            language: self.visit.options.language.unwrap_or_default(),
            words: self.words,
            public_url: self.app.engine.settings().public_url.clone(),
            color_scheme: self.visit.options.color_scheme,
            speech: Some(on_loading(&self.visit, step, first.into_iter().chain(messages))),
        }
    }

    pub(super) fn options(&self) -> &PageOptions {
        &self.visit.options
    }

    /// The way to another institution, unless the partner left none.
    pub(super) fn other_institution(&self) -> Option<String> {
        (!self.options().disable_institution_search).then(|| format!("{}/institutions", self.base))
    }

    pub(super) fn page(&self, page: &impl askama::Template) -> Result<Response, ApiError> {
        self.page_with(StatusCode::OK, page)
    }

    /// A page that says that something was not taken.
    pub(super) fn page_with(
        &self,
        status: StatusCode,
        page: &impl askama::Template,
    ) -> Result<Response, ApiError> {
        rendered(status, &self.frames, page)
    }

    /// Sends the browser to a page of this visit.
    pub(super) fn go(&self, path: &str) -> Result<Response, ApiError> {
        see_other(&self.frames, &format!("{}{path}", self.base))
    }

    /// The headers of an answer that is no page.
    pub(super) fn headers(&self) -> HeaderMap {
        self.frames.headers()
    }

    /// What a browser gets: a failure is told on a page.
    pub(super) fn answered(&self, answer: Result<Response, ApiError>) -> Response {
        answer.unwrap_or_else(|error| failed(&self.app, self.options().language, &self.frames, &error))
    }
}

/// A page in the place of a failure; its cause goes to the log, under the id of the request.
pub(super) fn failed(app: &App, language: Option<Language>, frames: &Frames, error: &ApiError) -> Response {
    if let Some(cause) = error.cause() {
        tracing::error!(cause = cause.chain(), "an end user could not go on");
    }
    let frame = Frame::plain(&app.engine.settings().public_url, language.unwrap_or_default());
    let words = frame.words;
    let (title, text) = match error.code() {
        ErrorCode::Unavailable => (words.failure.away, words.failure.away_text),
        ErrorCode::NotFound => (words.failure.missing, words.failure.missing_text),
        ErrorCode::TooManyRequests => (words.failure.away, words.failure.busy),
        _ => (words.failure.broken, words.failure.broken_text),
    };
    let page = Saying { frame, title, text };
    rendered(error.code().status(), frames, &page).unwrap_or_else(IntoResponse::into_response)
}

/// The page that stands where a visit, or an address, has come to its end. The sites of its client may show it; where
/// nobody knows any more whose it was, the site that the browser comes from, if it shows pages. The page holds nothing.
pub(super) async fn ended(app: &App, headers: &HeaderMap, token: Option<&SecretText>) -> Response {
    let mut frames = Frames { origins: Vec::new(), takes_loopback: app.engine.mode() == Mode::Sandbox };
    if let Some(token) = token {
        // Without the database there is nobody to tell whose it was.
        frames.origins = app.engine.origins_of_page(token).await.unwrap_or_default();
    }
    if let Some(origin) = origin_of(headers)
        && !frames.origins.contains(&origin)
        && let Ok(true) = app.engine.is_origin_of_anyone(&origin).await
    {
        frames.origins.push(origin);
    }
    let frame = Frame::plain(&app.engine.settings().public_url, Spoken::of(headers).or_english());
    let page = Saying { title: frame.words.failure.ended, text: frame.words.failure.ended_text, frame };
    rendered(StatusCode::GONE, &frames, &page).unwrap_or_else(IntoResponse::into_response)
}

/// What an address asks for beside its path; what is not understood is passed over.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Query::try_from_uri(&parts.uri).map(|Query(asked)| asked).unwrap_or_default()))
    }
}

/// The site that a browser comes from, if it says so.
pub(super) fn origin_of(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let referrer = text(header::REFERER)?;
    let (scheme, rest) = referrer.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    Some(format!("{scheme}://{host}"))
}
