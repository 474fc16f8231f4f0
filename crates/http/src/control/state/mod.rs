//! `/control/state`: what the sandbox holds, as a whole.

mod export;
mod list;
mod load;
mod remove;
mod reset;
mod restore;
mod snapshot;
#[cfg(test)]
mod tests;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

/// The media type of a snapshot's file.
const FILE: &str = "application/octet-stream";

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(reset::reset_state))
        .routes(routes!(list::list_snapshots, snapshot::take_snapshot))
        .routes(routes!(remove::remove_snapshot))
        .routes(routes!(restore::restore_snapshot))
        .routes(routes!(export::export_snapshot, load::load_snapshot))
}
