//! What access tokens open.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riverbank_engine::banks::ConsentView;
use riverbank_model::ExposeSecret;
use serde_json::json;

use super::bank::{Bank, bearer};
use crate::app::App;
use crate::error::ApiError;

/// Who signed in (OpenID Connect Core 1.0, 5.3).
pub(super) async fn userinfo(
    State(app): State<App>,
    bank: Bank,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(match opened(&app, bank, &headers).await? {
        Some(view) => {
            ([(header::CACHE_CONTROL, "no-store")], Json(json!({"sub": view.subject}))).into_response()
        }
        None => unauthorised(),
    })
}

/// What was typed and picked on the bank's page: the test bank's own resource, from which its connector goes on.
pub(super) async fn consent(
    State(app): State<App>,
    bank: Bank,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Some(view) = opened(&app, bank, &headers).await? else { return Ok(unauthorised()) };
    let login: BTreeMap<&str, &str> =
        view.granted.login.iter().map(|(field, value)| (field.as_str(), value.expose_secret())).collect();
    let body = json!({"login": login, "accounts": view.granted.accounts});
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response())
}

async fn opened(app: &App, Bank(bank): Bank, headers: &HeaderMap) -> Result<Option<ConsentView>, ApiError> {
    let Some(token) = bearer(headers) else { return Ok(None) };
    Ok(app.engine.bank_consent(&bank, &token).await?)
}

/// RFC 6750, 3.
fn unauthorised() -> Response {
    let challenge = [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
    let body = Json(json!({"error": "invalid_token", "error_description": "The access token is not taken."}));
    (StatusCode::UNAUTHORIZED, challenge, body).into_response()
}
