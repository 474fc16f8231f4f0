//! The partner face: SSO v3 under `/sso/{client_id}`, MDX Real Time v5 under `/mdx/{client_id}`, and what embedding kits
//! ask for.

mod client;
mod held_members;
mod page;
mod sso;
mod users;
mod widget_urls;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// The routes of the face.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(sso::routes())
        .merge(users::routes())
        .merge(held_members::routes())
        .merge(widget_urls::routes())
}
