//! `/categories`, and `/date_range_category_totals`.

mod create;
mod delete;
mod list;
mod read;
#[cfg(test)]
mod tests;
mod totals;
mod update;
mod view;

pub(super) use view::{CategoriesPage, Category};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_categories, create::create_category))
        .routes(routes!(read::read_category, update::update_category, delete::delete_category))
        .routes(routes!(totals::list_date_range_category_totals))
}
