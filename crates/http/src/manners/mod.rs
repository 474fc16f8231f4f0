//! What every answer has in common, whoever makes it.
//!
//! From the outside in: the face that the host stands for (`host`); the `.json` suffix; the request's id, log line,
//! metrics and the last word on failures ([`observe`]); gzip; then routing, and inside it the form of the answer
//! ([`accept`]) and the GETs that have no HEAD. Few layers: each costs every request a copy of itself and of the router.

pub mod accept;
mod head;
mod host;
pub mod limit;
pub mod observe;
mod suffix;
mod test_session;

#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::body::BodyLimits;
use crate::error::{ApiError, ErrorCode};
use accept::Agreement;
use observe::Observer;
use test_session::Parted;

/// Answers of fewer bytes are not worth compressing.
const WORTH_COMPRESSING: u64 = 860;

/// Puts the manners around all routes. Call it once, with every face merged in.
///
/// Where there are `test_endpoints`, they answer those who call as `test_session`; operations that they do not have are left
/// to the real ones, to which that is an unknown session. `own_host` is the name that the server is reached by itself: it serves every face, whatever it begins with.
pub fn with_manners(
    routes: Router,
    test_endpoints: Option<Router>,
    observer: Observer,
    limits: BodyLimits,
    own_host: Option<String>,
) -> Router {
    let unknown = async || ApiError::new(ErrorCode::NotFound, "There is nothing at this path.");
    let faces = in_form(routes.fallback(unknown));
    let answering = match test_endpoints {
        Some(fixed) => {
            let test_endpoints = in_form(fixed).fallback_service(faces.clone());
            Router::new().fallback_service(Parted { faces, test_endpoints })
        }
        None => Router::new().fallback_service(faces),
    };
    let worth = SizeAbove::new(WORTH_COMPRESSING).and(NotForContentType::IMAGES).and(NotForContentType::SSE);
    answering
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth))
        .layer(from_fn_with_state(Arc::new(Outside { observer, limits, own_host }), outside))
}

/// The manners of routes that are known.
fn in_form(routes: Router) -> Router {
    routes.method_not_allowed_fallback(async |method: Method| unknown_method(&method)).layer(from_fn(inside))
}

/// What the outermost manner is given.
struct Outside {
    observer: Observer,
    limits: BodyLimits,
    own_host: Option<String>,
}

/// Before the route is known.
async fn outside(State(outside): State<Arc<Outside>>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(outside.limits);
    host::lead_to_face(&mut request, outside.own_host.as_deref());
    suffix::strip_json(&mut request);
    outside.observer.observe(request, next).await
}

/// Once the route is known.
async fn inside(mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let agreement = Agreement::on(&mut request);
    let refusal = agreement.as_ref().and_then(Agreement::refusal).or_else(|| head::refusal(&request));
    let mut response = match refusal {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    if let Some(agreement) = agreement {
        agreement.keep(&mut response);
    }
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}

/// The router adds `Allow`.
fn unknown_method(method: &Method) -> ApiError {
    ApiError::new(ErrorCode::NotAllowed, format!("This path does not know the method {method}."))
}
