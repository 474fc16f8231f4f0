//! The end of a way: the app that the end user came from, or a page that tells the window that opened it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riverbank_engine::oauth::{OauthEnd, Outcome, Way};
use riverbank_model::oauth::OauthErrorReason;

use crate::error::ApiError;
use crate::pages::{Page, escaped, see_other};

pub(super) fn ended(public_url: &str, end: &OauthEnd) -> Result<Response, ApiError> {
    match &end.way {
        Way::App(address) => see_other(address),
        Way::Page => Ok(page(public_url, end).into_response()),
    }
}

fn page(public_url: &str, end: &OauthEnd) -> Page {
    let (title, text, reason) = match end.outcome {
        Outcome::Success => (
            "You are connected",
            "Thank you. You can close this window and go back to where you came from.",
            "",
        ),
        Outcome::Error(reason) => ("You are not connected", sentence(reason), reason.name()),
    };
    let body = format!(
        "<p>{text}</p>\n<p class=\"actions\"><button id=\"close\" class=\"main\" type=\"button\" hidden>Close this \
         window</button></p>\n<div id=\"end\" hidden data-user=\"{}\" data-member=\"{}\" data-reason=\"{reason}\"></div>\n\
         <script src=\"{}\"></script>\n",
        escaped(end.user_guid.as_str()),
        escaped(end.member_guid.as_str()),
        escaped(&format!("{public_url}/oauth/complete.js")),
    );
    Page { status: StatusCode::OK, title: title.to_owned(), body, public_url: public_url.to_owned() }
}

/// What an end user is told of a failure.
fn sentence(reason: OauthErrorReason) -> &'static str {
    match reason {
        OauthErrorReason::Cancelled => {
            "You went back before the connection was made. You can close this window."
        }
        OauthErrorReason::Denied => {
            "The institution could not tell who you are. Please close this window and try again."
        }
        OauthErrorReason::Impeded => {
            "The institution needs your attention. Please sign in there, follow its messages and try again."
        }
        OauthErrorReason::ProviderError => {
            "The institution could not answer. Please close this window and try again later."
        }
        OauthErrorReason::ServerError => {
            "Something went wrong here. Please close this window and try again later."
        }
        OauthErrorReason::SessionError => {
            "This took too long, or was started elsewhere. Please close this window and start again."
        }
    }
}
