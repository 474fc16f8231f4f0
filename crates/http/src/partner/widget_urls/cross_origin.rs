//! Calls from a page of another site (CORS, Fetch standard): sites that are registered may call and read.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::ApiError;

/// What a page of a registered site may send along.
const HEADERS: &str = "accept, accept-language, authorization, content-type";
/// How long a browser need not ask again, in seconds.
const KEPT: &str = "600";

/// The site that a call comes from, if a browser says so.
#[derive(Clone, Debug)]
pub(super) struct Site(pub(super) Option<String>);

impl Site {
    fn of(headers: &HeaderMap) -> Self {
        Self(headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).map(str::to_owned))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Site {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// What a browser asks before it sends a call with a key along.
pub(super) async fn preflight(State(app): State<App>, Site(site): Site) -> Result<Response, ApiError> {
    let is_ours = match &site {
        Some(site) => app.engine.is_origin_of_anyone(site).await?,
        None => false,
    };
    let mut response = readable(StatusCode::NO_CONTENT.into_response(), site.filter(|_| is_ours).as_deref());
    if is_ours {
        for (name, value) in [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
            (header::ACCESS_CONTROL_MAX_AGE, KEPT),
        ] {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    Ok(response)
}

/// Lets a page of this site read the answer, and no other.
pub(super) fn readable(mut response: Response, site: Option<&str>) -> Response {
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(site) = site.and_then(|site| HeaderValue::try_from(site).ok()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, site);
    }
    response
}
