//! The Nexus face: what a partner's backend does in the name of one user.

mod credential;
mod jobs;
mod members;
mod sessions;
mod user;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// The routes of the Nexus face.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(sessions::routes())
        .merge(user::routes())
        .merge(members::routes())
        .merge(jobs::routes())
}
