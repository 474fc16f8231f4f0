//! All routes of the faces, with their documentation.

use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// The routes of every face.
pub fn routes<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    OpenApiRouter::default()
}

/// The OpenAPI document of all routes, complete.
pub fn document() -> OpenApi {
    crate::openapi::complete(routes::<()>().into_openapi())
}
