//! Pages for end users: plain, readable without script, and with nothing from elsewhere.

mod words;

use std::fmt::Display;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use riverbank_engine::pages::Language;
pub(crate) use riverbank_model::html::escaped;

pub(crate) use self::words::WayWords;

use crate::error::{ApiError, ErrorCode};

/// The style of all pages.
pub(crate) const STYLE: &str = include_str!("pages/style.css");

/// What pages may load and do. Forms are not held to this server: browsers hold the redirects after them to the same
/// rule, and those lead to the client's app.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) language: Language,
    /// Text.
    pub(crate) title: String,
    /// HTML; whatever was not written here went through [`escaped`].
    pub(crate) body: String,
    /// Where pages are reached; the style stands there.
    pub(crate) public_url: String,
}

impl Page {
    /// A page that says one thing.
    pub(crate) fn saying(
        public_url: &str,
        language: Language,
        status: StatusCode,
        title: impl Display,
        text: impl Display,
    ) -> Self {
        let body = format!("<p>{}</p>\n", escaped(&text.to_string()));
        Self { status, language, title: title.to_string(), body, public_url: public_url.to_owned() }
    }

    /// A page in the place of a failure; its cause goes to the log, under the id of the request.
    pub(crate) fn instead_of(public_url: &str, language: Language, error: &ApiError) -> Self {
        if let Some(cause) = error.cause() {
            tracing::error!(cause = cause.chain(), "an end user could not go on");
        }
        let words = WayWords::of(language);
        let (title, text) = match error.code() {
            ErrorCode::Unavailable => (words.away, words.away_text),
            _ => (words.broken, words.broken_text),
        };
        Self::saying(public_url, language, error.code().status(), title, text)
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let Self { status, language, title, body, public_url } = self;
        let tag = language.tag();
        let (title, style) = (escaped(&title), escaped(&format!("{public_url}/oauth/style.css")));
        let document = format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n\
             </body>\n</html>\n"
        );
        (status, private(), Html(document)).into_response()
    }
}

/// The headers of whatever passes through an end user's browser.
fn private() -> [(HeaderName, &'static str); 4] {
    [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
}

/// Sends a browser on.
pub(crate) fn see_other(address: &str) -> Result<Response, ApiError> {
    let location = HeaderValue::try_from(address).map_err(ApiError::internal)?;
    Ok((StatusCode::SEE_OTHER, private(), [(header::LOCATION, location)]).into_response())
}

/// For an hour: a new version may change them.
const CACHE: &str = "public, max-age=3600";

/// What pages load.
pub(crate) fn asset(media: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, CACHE),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text)
}
