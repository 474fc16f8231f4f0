//! All routes of the faces, with their documentation.

use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
pub use crate::nexus::test_endpoints;
use crate::{nexus, partner};

/// The routes of the faces that the OpenAPI document describes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().merge(nexus::routes()).merge(partner::routes())
}

/// The OpenAPI document of all routes, complete.
pub fn document() -> OpenApi {
    crate::openapi::complete(routes().into_openapi())
}
