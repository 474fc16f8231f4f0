//! `/holdings`.

mod list;
mod read;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub(super) use view::Holding;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_holdings))
        .routes(routes!(list::list_account_holdings))
        .routes(routes!(list::list_member_holdings))
        .routes(routes!(read::read_holding, update::update_holding))
}
