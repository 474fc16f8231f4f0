//! What all pages have in common: the document around them, and what browsers may do with them.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use riverbank_engine::pages::{ColorScheme, Language};

use super::speech::Speech;
use super::words::Words;
use crate::error::ApiError;
use crate::words::Phrase;

/// The sites of this machine, which may show the pages of a sandbox.
const LOOPBACK: &str = "http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*";

/// Who may show a page in a frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Frames {
    pub(super) origins: Vec<String>,
    pub(super) takes_loopback: bool,
}

impl Frames {
    /// What a page may load and do, and who may show it.
    fn policy(&self) -> String {
        let loopback = self.takes_loopback.then_some(LOOPBACK);
        let sites: Vec<&str> = self.origins.iter().map(String::as_str).chain(loopback).collect();
        let ancestors = if sites.is_empty() { "'none'".to_owned() } else { sites.join(" ") };
        format!(
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors {ancestors}"
        )
    }

    /// The headers of whatever the face answers to an end user's browser.
    pub(super) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        let policy = HeaderValue::try_from(self.policy());
        let policy = policy.unwrap_or(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        headers
    }
}

/// The document around a page.
pub(super) struct Frame {
    pub(super) language: Language,
    pub(super) words: &'static Words,
    pub(super) public_url: String,
    pub(super) color_scheme: Option<ColorScheme>,
    pub(super) speech: Option<Speech>,
}

impl Frame {
    /// A document of nobody's, which speaks this language and tells nobody of anything.
    pub(super) fn plain(public_url: &str, language: Language) -> Self {
        let (words, public_url) = (Words::of(language), public_url.to_owned());
        Self { language, words, public_url, color_scheme: None, speech: None }
    }

    pub(super) fn scheme(&self) -> Option<&'static str> {
        self.color_scheme.map(|scheme| match scheme {
            ColorScheme::Light => "light",
            ColorScheme::Dark => "dark",
        })
    }
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "connect/saying.html")]
pub(super) struct Saying {
    pub(super) frame: Frame,
    pub(super) title: Phrase,
    pub(super) text: Phrase,
}

/// A page as an answer.
pub(super) fn rendered(
    status: StatusCode,
    frames: &Frames,
    page: &impl Template,
) -> Result<Response, ApiError> {
    let document = page.render().map_err(ApiError::internal)?;
    Ok((status, frames.headers(), Html(document)).into_response())
}

/// Sends a browser on.
pub(super) fn see_other(frames: &Frames, address: &str) -> Result<Response, ApiError> {
    let location = HeaderValue::try_from(address).map_err(ApiError::internal)?;
    Ok((StatusCode::SEE_OTHER, frames.headers(), [(header::LOCATION, location)]).into_response())
}
