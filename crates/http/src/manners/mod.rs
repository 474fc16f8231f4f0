//! What every answer has in common, whoever makes it.
//!
//! From the outside in: the request's id, log line, metrics and the last word on failures ([`observe`]); gzip; the
//! `.json` suffix; then routing, and inside it the form of the answer ([`accept`]) and the GETs that have no HEAD.

pub mod accept;
mod head;
pub mod limit;
pub mod observe;
mod suffix;

#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::body::BodyLimits;
use crate::error::{ApiError, ErrorCode};
use observe::Observer;

/// Answers of fewer bytes are not worth compressing.
const WORTH_COMPRESSING: u64 = 860;

/// Puts the manners around all routes. Call it once, with every face merged in.
pub fn with_manners(routes: Router, observer: Observer, limits: BodyLimits) -> Router {
    let answering = routes
        .fallback(unknown_path)
        .method_not_allowed_fallback(unknown_method)
        .layer(from_fn(head::keep_to_allowed))
        .layer(from_fn(accept::negotiate))
        .layer(from_fn(observe::note_route));
    let worth = SizeAbove::new(WORTH_COMPRESSING).and(NotForContentType::IMAGES).and(NotForContentType::SSE);
    Router::new()
        .fallback_service(answering)
        .layer(Extension(limits))
        .layer(from_fn(suffix::strip_json))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth))
        .layer(from_fn_with_state(Arc::new(observer), observe::observe))
}

async fn unknown_path() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "There is nothing at this path.")
}

/// The router adds `Allow`.
async fn unknown_method(method: Method) -> ApiError {
    ApiError::new(ErrorCode::NotAllowed, format!("This path does not know the method {method}."))
}
