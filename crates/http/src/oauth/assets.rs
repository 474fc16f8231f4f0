//! What pages load.

use axum::response::IntoResponse;

use crate::pages::{STYLE, asset};

/// Tells the opener of a page how the way ended.
const COMPLETE: &str = include_str!("../pages/complete.js");

pub(super) async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", STYLE)
}

pub(super) async fn complete() -> impl IntoResponse {
    asset("text/javascript; charset=utf-8", COMPLETE)
}
