//! What pages load.

use axum::http::header;
use axum::response::IntoResponse;

/// For an hour: a new version may change them.
const CACHE: &str = "private, max-age=3600";

pub(super) async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", include_str!("style.css"))
}

pub(super) async fn script() -> impl IntoResponse {
    asset("text/javascript; charset=utf-8", include_str!("console.js"))
}

fn asset(media: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, CACHE)], text)
}
