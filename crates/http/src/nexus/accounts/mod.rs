//! `/accounts`.

pub(super) mod fixed;
mod list;
mod list_of_member;
mod read;
#[cfg(test)]
mod tests;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_accounts))
        .routes(routes!(list_of_member::list_member_accounts))
        .routes(routes!(read::read_account))
}
