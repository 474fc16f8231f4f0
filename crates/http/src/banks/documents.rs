//! What a client reads of a test bank before it asks for anything.

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::bank::Bank;
use crate::app::App;
use crate::error::ApiError;

/// The discovery document.
pub(super) async fn discovery(Bank(bank): Bank) -> Json<Value> {
    Json(bank.discovery())
}

/// The keys that id tokens are signed with.
pub(super) async fn keys(State(app): State<App>, Bank(_): Bank) -> Result<Json<Value>, ApiError> {
    Ok(Json(app.engine.signing_key().await?.key_set()))
}
