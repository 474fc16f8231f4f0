//! The form of a body, as browsers and OAuth clients send it.

use axum::extract::{FromRequest, Request};
use riverbank_engine::banks::Parameters;

use crate::app::App;
use crate::body::receive_as;
use crate::error::{ApiError, ErrorCode};
use crate::media::essence;

/// The form of a body.
pub(crate) struct Form(pub(crate) Parameters);

const FORM: &str = "application/x-www-form-urlencoded";

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
pub(crate) fn check(parameters: &Parameters) -> Result<(), ApiError> {
    if parameters.0.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return Err(ApiError::bad_request("The request holds the character U+0000."));
    }
    Ok(())
}
