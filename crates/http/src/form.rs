//! The form of a body, as browsers and OAuth clients send it.

use axum::extract::{FromRequest, Request};
use riverbank_engine::banks::Parameters;

use crate::app::App;
use crate::body::receive_as;
use crate::error::{ApiError, ErrorCode};
use crate::media::essence;

/// The form of a body.
#[derive(Clone, Default)]
pub(crate) struct Form(pub(crate) Parameters);

impl Form {
    /// The text of a field; empty where it is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).unwrap_or_default()
    }

    /// What the query of an address holds: it is written as a form is.
    pub(crate) fn of_query(query: Option<&str>) -> Result<Self, ApiError> {
        let parameters = Parameters::read(query.unwrap_or_default().as_bytes());
        check(&parameters)?;
        Ok(Self(parameters))
    }
}

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
