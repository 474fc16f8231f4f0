//! What the handlers of test banks are given: the bank of the path, the token of the header.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use riverbank_engine::banks::TestBank;
use riverbank_model::SecretText;

use crate::app::App;
use crate::error::ApiError;

/// The bank of the path; 4041 when there is none of that code with a page of its own.
pub(super) struct Bank(pub(super) TestBank);

impl FromRequestParts<App> for Bank {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let code = Path::<String>::from_request_parts(parts, app).await.map_err(|_| ApiError::not_found())?;
        app.engine.test_bank(&code).await?.map(Self).ok_or_else(ApiError::not_found)
    }
}

/// The header `Authorization` as text.
pub(super) fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default())
}

/// The token of a header of the form `Bearer TOKEN` (RFC 6750, 2.1).
pub(super) fn bearer(headers: &HeaderMap) -> Option<SecretText> {
    let (scheme, token) = authorization(headers)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| SecretText::from(token.trim()))
}
