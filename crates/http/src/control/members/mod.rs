//! `/control/members`: what is inside of a member, and what may be done to it.

mod expire_challenge;
mod force;
mod read;
mod revoke_consent;
#[cfg(test)]
mod tests;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(read::read_member_state))
        .routes(routes!(force::set_connection_status))
        .routes(routes!(expire_challenge::expire_challenge))
        .routes(routes!(revoke_consent::revoke_consent))
}
