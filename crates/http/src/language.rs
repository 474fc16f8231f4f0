//! What a caller speaks.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use riverbank_engine::pages::Language;

/// The most wanted language that pages speak, if there is one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoken(pub(crate) Option<Language>);

impl Spoken {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(ACCEPT_LANGUAGE).and_then(|accept| accept.to_str().ok());
        Self(accept.and_then(Language::from_accept))
    }

    /// The language; English where pages speak none that is asked for.
    pub(crate) fn or_english(self) -> Language {
        self.0.unwrap_or(Language::English)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Spoken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}
