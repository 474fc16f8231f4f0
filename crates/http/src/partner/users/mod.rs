//! `/mdx/{client_id}/users`.

mod create;
mod delete;
mod fields;
mod read;
#[cfg(test)]
mod tests;
mod update;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(create::create_user)).routes(routes!(
        read::read_user,
        update::update_user,
        delete::delete_user
    ))
}
