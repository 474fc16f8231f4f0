//! Who calls the partner face: the client in the path, by its own key.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use riverbank_engine::clients::Partner;

use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::session::secret;

/// The header of a client's key.
const API_KEY: &str = "md-api-key";

/// The client that calls; 4011 when the key is missing, wrong, or not of the client in the path.
#[derive(Debug)]
pub(super) struct Client(pub(super) Partner);

impl FromRequestParts<App> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let refused = || ApiError::new(ErrorCode::Unauthorized, "Invalid API key.");
        let key = secret(&parts.headers, API_KEY).ok_or_else(refused)?;
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| refused())?;
        let named = path.iter().find(|(name, _)| *name == "client_id");
        let (_, client_id) = named.ok_or_else(refused)?;
        let partner = app.engine.authenticate_client(client_id, &key).await?;
        let partner = partner.ok_or_else(refused)?;
        app.admit(&partner.guid)?;
        Ok(Self(partner))
    }
}
