//! `/taggings`.

mod create;
mod delete;
mod list;
mod update;
mod view;

pub(super) use view::Tagging;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_taggings, create::create_tagging))
        .routes(routes!(update::update_tagging, delete::delete_tagging))
}
