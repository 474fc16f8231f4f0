//! `/institutions`.

mod credentials;
mod list;
mod read;
mod search;
#[cfg(test)]
mod tests;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

#[expect(deprecated, reason = "clients still call what the document calls deprecated")]
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_institutions))
        .routes(routes!(search::search_institutions))
        .routes(routes!(read::read_institution))
        .routes(routes!(credentials::list_institution_credentials))
}
