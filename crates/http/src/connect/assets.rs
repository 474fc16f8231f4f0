//! What the pages load.

use axum::response::IntoResponse;

use crate::pages::asset;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("connect.js");

pub(super) async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", STYLE)
}

pub(super) async fn script() -> impl IntoResponse {
    asset("text/javascript; charset=utf-8", SCRIPT)
}
