//! A catalogue file as the body of a request.

use axum::extract::{FromRequest, Request};

use crate::body::receive_as;
use crate::error::{ApiError, ErrorCode};
use crate::media::essence;

/// The media type of a catalogue file.
pub(super) const TOML: &str = "application/toml";
/// What is taken for one as well.
const PLAIN: &str = "text/plain";

/// A TOML file, within the limits of every body.
pub(super) struct TomlFile(pub(super) String);

impl<S: Send + Sync> FromRequest<S> for TomlFile {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = receive_as(request, |_, given| {
            let named = essence(given);
            if [TOML, PLAIN].iter().any(|known| known.eq_ignore_ascii_case(named)) {
                return Ok(());
            }
            let message = format!("The request body must be TOML: send Content-Type: {TOML}.");
            Err(ApiError::new(ErrorCode::UnsupportedMediaType, message))
        })
        .await?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Self(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())),
            Err(error) => Err(ApiError::bad_request(format!(
                "The request body is not UTF-8 from byte {} on.",
                error.valid_up_to()
            ))),
        }
    }
}
