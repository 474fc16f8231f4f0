//! `/micro_deposits`.

mod create;
mod delete;
mod list;
mod read;
#[cfg(test)]
mod tests;
mod verify;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_micro_deposits, create::create_micro_deposit))
        .routes(routes!(read::read_micro_deposit, verify::verify_micro_deposit, delete::delete_micro_deposit))
}
