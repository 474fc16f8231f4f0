//! `/budgets`.

mod create;
mod delete;
mod generate;
mod list;
mod read;
mod update;
mod view;

pub(super) use view::Budget;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_budgets, create::create_budget))
        .routes(routes!(generate::generate_budgets))
        .routes(routes!(read::read_budget, update::update_budget, delete::delete_budget))
}
