//! The partner face: SSO v3 under `/sso/{client_id}`, MDX Real Time v5 under `/mdx/{client_id}`.

mod client;
mod held_members;
mod sso;
mod users;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// The routes of the face.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().merge(sso::routes()).merge(users::routes()).merge(held_members::routes())
}
