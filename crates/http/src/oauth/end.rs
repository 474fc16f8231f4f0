//! The end of a way: the app that the end user came from, or a page that tells the window that opened it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riverbank_engine::oauth::{OauthEnd, Outcome, Way};
use riverbank_engine::pages::Language;

use crate::error::ApiError;
use crate::pages::{Page, WayWords, escaped, see_other};

pub(super) fn ended(public_url: &str, language: Language, end: &OauthEnd) -> Result<Response, ApiError> {
    match &end.way {
        Way::App(address) => see_other(address),
        Way::Page => Ok(page(public_url, language, end).into_response()),
    }
}

fn page(public_url: &str, language: Language, end: &OauthEnd) -> Page {
    let words = WayWords::of(language);
    let (title, text, reason) = match end.outcome {
        Outcome::Success => (words.connected, words.connected_text, ""),
        Outcome::Error(reason) => (words.not_connected, words.failure(reason), reason.name()),
    };
    let body = format!(
        "<p>{}</p>\n\
         <p class=\"actions\"><button id=\"close\" class=\"main\" type=\"button\" hidden>{}</button></p>\n\
         <div id=\"end\" hidden data-user=\"{}\" data-member=\"{}\" data-reason=\"{reason}\"></div>\n\
         <script src=\"{}\"></script>\n",
        escaped(text.text()),
        escaped(words.close.text()),
        escaped(end.user_guid.as_str()),
        escaped(end.member_guid.as_str()),
        escaped(&format!("{public_url}/oauth/complete.js")),
    );
    Page {
        status: StatusCode::OK,
        language,
        title: title.to_string(),
        body,
        public_url: public_url.to_owned(),
    }
}
