//! `/tags`.

mod create;
mod delete;
mod list;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub(super) use view::Tag;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_tags, create::create_tag))
        .routes(routes!(update::update_tag, delete::delete_tag))
}
