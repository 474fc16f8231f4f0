//! What all pages of the console have in common: the document around them, and what browsers may do with them.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use riverbank_engine::Mode;

use super::guard::Visitor;
use super::words::Words;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::words::Phrase;

/// What pages may load and do, and who may show them: nobody.
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The document around a page.
pub(super) struct Frame {
    /// What stands before every path of this server: empty, unless it is reached under a path.
    pub(super) base: String,
    /// What it says, in the language of who looks at it.
    pub(super) words: &'static Words,
    /// Who looks at it.
    pub(super) visitor: Option<Visitor>,
    /// The path of the part of the console that it is of.
    pub(super) part: &'static str,
    is_sandbox: bool,
}

impl Frame {
    /// The document of who is logged in.
    pub(super) fn new(app: &App, visitor: &Visitor, part: &'static str) -> Self {
        Self { visitor: Some(visitor.clone()), part, ..Self::of_nobody(app, visitor.words) }
    }

    /// The document of who is not.
    pub(super) fn of_nobody(app: &App, words: &'static Words) -> Self {
        let base = base(&app.engine.settings().public_url).to_owned();
        Self { base, words, visitor: None, part: "", is_sandbox: app.engine.mode() == Mode::Sandbox }
    }

    /// The parts of the console: path and name.
    pub(super) fn parts(&self) -> Vec<(&'static str, Phrase)> {
        let words = &self.words.page;
        let mut parts = vec![
            ("/console", words.overview),
            ("/console/clients", words.clients),
            ("/console/institutions", words.institutions),
            ("/console/jobs", words.jobs),
            ("/console/audit", words.audit),
        ];
        if self.is_sandbox {
            parts.push(("/console/sandbox", words.sandbox));
        }
        parts
    }

    /// What the forms of this page carry.
    pub(super) fn form_token(&self) -> &str {
        self.visitor.as_ref().map_or("", |visitor| &visitor.form_token)
    }

    /// Whether who looks at it may act.
    pub(super) fn acts(&self) -> bool {
        self.visitor.as_ref().is_some_and(Visitor::acts)
    }
}

/// The path of the address that the server is reached at.
pub(super) fn base(public_url: &str) -> &str {
    let rest = public_url.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').map_or("", |slash| rest[slash..].trim_end_matches('/'))
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "console/saying.html")]
struct Saying<'a> {
    frame: Frame,
    title: Phrase,
    text: &'a str,
}

/// A page as an answer.
pub(super) fn rendered(status: StatusCode, page: &impl Template) -> Result<Response, ApiError> {
    let document = page.render().map_err(ApiError::internal)?;
    Ok((status, Html(document)).into_response())
}

/// A page that says one thing, as an answer.
pub(super) fn saying(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    title: Phrase,
    text: &str,
) -> Response {
    let frame = Frame::new(app, visitor, "");
    rendered(status, &Saying { frame, title, text }).unwrap_or_else(IntoResponse::into_response)
}

/// What an operator's browser gets: a failure is told on a page, not in JSON.
pub(super) fn shown(app: &App, visitor: &Visitor, answer: Result<Response, ApiError>) -> Response {
    answer.unwrap_or_else(|error| {
        let words = &visitor.words.page;
        let (title, text) = match error.code() {
            ErrorCode::NotFound => (words.not_found, words.not_found_text.text()),
            ErrorCode::Unavailable => (words.away, words.away_text.text()),
            code if code.status().is_client_error() => (words.not_done, error.message()),
            // The log explains it, under the id of the request.
            _ => return error.into_response(),
        };
        saying(app, visitor, error.code().status(), title, text)
    })
}

/// Sends a browser on to a path of this server.
pub(super) fn see_other(app: &App, path: &str) -> Result<Response, ApiError> {
    let location = format!("{}{path}", base(&app.engine.settings().public_url));
    let location = HeaderValue::try_from(location).map_err(ApiError::internal)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

/// Puts the headers on whatever the console answers.
pub(super) async fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn paths_stand_under_the_path_of_the_public_address() {
        for (url, path) in [
            ("https://feeds.example.com", ""),
            ("https://feeds.example.com/", ""),
            ("http://127.0.0.1:8040/bank", "/bank"),
            ("", ""),
        ] {
            assert_eq!(base(url), path, "{url}");
        }
    }
}
