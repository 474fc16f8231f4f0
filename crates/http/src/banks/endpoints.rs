//! The endpoints that clients call: pushed requests, tokens, revocations.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riverbank_engine::banks::{BankError, TokenError};
use riverbank_model::ExposeSecret;
use serde_json::json;

use super::bank::{Bank, authorization};
use crate::app::App;
use crate::error::ApiError;
use crate::form::Form;

/// Takes a request beforehand; only at banks that want it so.
pub(super) async fn push(
    State(app): State<App>,
    Bank(bank): Bank,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, ApiError> {
    if !bank.registration.pushed_requests {
        return Err(ApiError::not_found());
    }
    match app.engine.push_request(&bank, authorization(&headers), &form).await {
        Ok(pushed) => {
            let body = json!({"request_uri": pushed.request_uri, "expires_in": pushed.expires_in});
            Ok((StatusCode::CREATED, no_store(), Json(body)).into_response())
        }
        Err(error) => refusal(error),
    }
}

/// Gives tokens for a code or a refresh token.
pub(super) async fn token(
    State(app): State<App>,
    Bank(bank): Bank,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, ApiError> {
    match app.engine.bank_tokens(&bank, authorization(&headers), &form).await {
        Ok(answer) => {
            let mut body = json!({
                "access_token": answer.access_token.expose_secret(),
                "token_type": "Bearer",
                "expires_in": answer.expires_in,
                "refresh_token": answer.refresh_token.expose_secret(),
                "scope": answer.scope,
            });
            if let Some(id_token) = answer.id_token {
                body["id_token"] = id_token.into();
            }
            Ok((no_store(), Json(body)).into_response())
        }
        Err(error) => refusal(error),
    }
}

/// Takes a consent back.
pub(super) async fn revoke(
    State(app): State<App>,
    Bank(bank): Bank,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, ApiError> {
    match app.engine.revoke_bank_token(&bank, authorization(&headers), &form).await {
        Ok(()) => Ok((StatusCode::OK, no_store()).into_response()),
        Err(error) => refusal(error),
    }
}

/// A refusal in the form of RFC 6749, 5.2.
fn refusal(error: BankError) -> Result<Response, ApiError> {
    let refusal = match error {
        BankError::Refused(refusal) => refusal,
        BankError::Fault(fault) => return Err(fault.into()),
    };
    let body = Json(json!({"error": refusal.error.code(), "error_description": refusal.description}));
    if refusal.error != TokenError::InvalidClient {
        return Ok((StatusCode::BAD_REQUEST, no_store(), body).into_response());
    }
    let challenge = [(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"test bank\""))];
    Ok((StatusCode::UNAUTHORIZED, no_store(), challenge, body).into_response())
}

fn no_store() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}
