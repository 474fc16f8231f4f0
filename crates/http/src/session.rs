//! Who calls: the user of a session, or the API token that is to become one.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use riverbank_engine::Caller;
use riverbank_model::SecretText;

use crate::app::App;
use crate::callback_payload::CallbackPayload;
use crate::error::{ApiError, ErrorCode};
use crate::touch::Touch;

/// The header of a session token. Header names do not depend on case.
pub(crate) const SESSION_TOKEN: &str = "md-session-token";
/// The header of a one-time API token.
const API_TOKEN: &str = "md-api-token";

/// The session that a Nexus request belongs to; 4011 when there is none that is alive. Other tokens and keys that
/// are sent along are ignored.
#[derive(Debug)]
pub struct Session {
    /// Whose it is.
    pub caller: Caller,
    /// Its token, to end it.
    pub token: SecretText,
}

/// The one-time token that is to open a session; 4011 when it is not there.
#[derive(Debug)]
pub struct ApiToken(pub SecretText);

impl FromRequestParts<App> for Session {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = secret(&parts.headers, SESSION_TOKEN)
            .ok_or_else(|| ApiError::new(ErrorCode::Unauthorized, "The session token is missing."))?;
        let caller = app.engine.authenticate(&token).await?;
        let caller = caller.ok_or(ErrorCode::Unauthorized)?;
        if let Some(touch) = parts.extensions.get::<Touch>() {
            touch.is_by(&app.engine, &caller);
        }
        app.admit(&caller.client)?;
        let CallbackPayload(callback_payload) = CallbackPayload::read(&parts.headers)?;
        Ok(Self { caller: Caller { callback_payload, ..caller }, token })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ApiToken {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let token = secret(&parts.headers, API_TOKEN).map(Self);
        token.ok_or_else(|| ApiError::new(ErrorCode::Unauthorized, "The API token is missing."))
    }
}

/// The text of a header that holds a secret. What is no text is no secret of ours.
pub(crate) fn secret(headers: &HeaderMap, name: &str) -> Option<SecretText> {
    headers.get(name)?.to_str().ok().map(SecretText::from)
}
