//! What the handlers of test banks are given: the bank of the path, the form of the body, the token of the header.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use riverbank_engine::banks::{Parameters, TestBank};
use riverbank_model::SecretText;

use crate::app::App;
use crate::body::receive_as;
use crate::error::{ApiError, ErrorCode};
use crate::media::essence;

/// The bank of the path; 4041 when there is none of that code with a page of its own.
pub(super) struct Bank(pub(super) TestBank);

/// The form of a body.
pub(crate) struct Form(pub(crate) Parameters);

const FORM: &str = "application/x-www-form-urlencoded";

impl FromRequestParts<App> for Bank {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let code = Path::<String>::from_request_parts(parts, app).await.map_err(|_| ApiError::not_found())?;
        app.engine.test_bank(&code).await?.map(Self).ok_or_else(ApiError::not_found)
    }
}

impl FromRequest<App> for Form {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &App) -> Result<Self, ApiError> {
        let bytes = receive_as(request, |_, given| {
            if essence(given).eq_ignore_ascii_case(FORM) {
                return Ok(());
            }
            let message = format!("The request body must be a form: send Content-Type: {FORM}.");
            Err(ApiError::new(ErrorCode::UnsupportedMediaType, message))
        });
        let parameters = Parameters::read(&bytes.await?);
        check(&parameters)?;
        Ok(Self(parameters))
    }
}

/// Refuses what cannot be kept.
pub(super) fn check(parameters: &Parameters) -> Result<(), ApiError> {
    if parameters.0.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return Err(ApiError::bad_request("The request holds the character U+0000."));
    }
    Ok(())
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
