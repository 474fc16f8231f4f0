//! Who calls: a client, by HTTP basic authentication (RFC 7617).

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use riverbank_engine::clients::Partner;
use riverbank_model::SecretText;

use crate::app::App;
use crate::error::{ApiError, ErrorCode};

/// The client that calls, by its id and its key; 4011 when either is missing or wrong.
#[derive(Debug)]
pub(super) struct BasicClient(pub(super) Partner);

impl FromRequestParts<App> for BasicClient {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let refused = || ApiError::new(ErrorCode::Unauthorized, "Invalid client id or API key.");
        let (client_id, key) = credentials(&parts.headers).ok_or_else(refused)?;
        let partner = app.engine.authenticate_client(&client_id, &key).await?.ok_or_else(refused)?;
        app.admit(&partner.guid)?;
        Ok(Self(partner))
    }
}

fn credentials(headers: &HeaderMap) -> Option<(String, SecretText)> {
    let (scheme, encoded) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client_id, key) = decoded.split_once(':')?;
    Some((client_id.to_owned(), SecretText::from(key)))
}
