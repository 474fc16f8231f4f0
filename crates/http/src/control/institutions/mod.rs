//! `/control/institutions`: banks that come and go while the sandbox runs.

mod check;
mod list;
mod read;
mod remove;
#[cfg(test)]
mod tests;
mod toml_file;
mod upload;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_control_institutions, upload::upload_institutions))
        .routes(routes!(check::check_institutions))
        .routes(routes!(read::read_control_institution, remove::remove_institution))
}
