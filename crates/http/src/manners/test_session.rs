//! Who calls as `test_session` is led to the static test endpoints.

use std::convert::Infallible;
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::future::RouteFuture;
use riverbank_engine::fixed::TEST_SESSION;
use tower::Service;

use crate::session::SESSION_TOKEN;

/// The real endpoints, and before them the fixed ones. Not a layer: a layer would cost every request a copy of the router.
#[derive(Clone)]
pub(super) struct Parted {
    pub(super) faces: Router,
    pub(super) test_endpoints: Router,
}

impl Service<Request> for Parted {
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // Routers always are.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let is_test = request.headers().get(SESSION_TOKEN).is_some_and(|token| token == TEST_SESSION);
        if is_test { self.test_endpoints.call(request) } else { self.faces.call(request) }
    }
}
