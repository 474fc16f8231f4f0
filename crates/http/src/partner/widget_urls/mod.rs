//! `/users/{user_guid}/widget_urls`: addresses of pages as MX's published embedding kits ask for them, some of them from a
//! page of the partner's.

mod basic;
mod create;
mod cross_origin;
#[cfg(test)]
mod tests;

use axum::routing::options;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(create::create_widget_url))
        .route("/users/{user_guid}/widget_urls", options(cross_origin::preflight))
}
