//! The key of the control face, in the header `MD-CONTROL-KEY`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use riverbank_model::{ExposeSecret, SecretText};
use subtle::ConstantTimeEq;

use crate::error::{ApiError, ErrorCode};
use crate::session::secret;

/// The key that is demanded.
#[derive(Clone)]
pub(super) struct ControlKey(Arc<SecretText>);

impl ControlKey {
    pub(super) fn new(key: SecretText) -> Self {
        Self(Arc::new(key))
    }
}

/// Lets a request pass that carries the key.
pub(super) async fn demand(
    State(key): State<ControlKey>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let given = secret(request.headers(), "md-control-key");
    let is_right = given
        .is_some_and(|given| given.expose_secret().as_bytes().ct_eq(key.0.expose_secret().as_bytes()).into());
    if is_right {
        return Ok(next.run(request).await);
    }
    Err(ApiError::new(ErrorCode::Unauthorized, "The control key is missing or wrong."))
}
