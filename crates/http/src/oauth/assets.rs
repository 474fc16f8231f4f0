//! What pages load.

use axum::http::header;
use axum::response::IntoResponse;

use crate::pages::STYLE;

/// Tells the opener of a page how the way ended.
const COMPLETE: &str = include_str!("../pages/complete.js");

/// For an hour: a new version may change them.
const CACHE: &str = "public, max-age=3600";

pub(super) async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", STYLE)
}

pub(super) async fn complete() -> impl IntoResponse {
    asset("text/javascript; charset=utf-8", COMPLETE)
}

fn asset(media: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, CACHE),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text)
}
