//! `/beats`: insights under the name that they once had.

mod list;
mod read;
mod update;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_beats))
        .routes(routes!(read::read_beat, update::update_beat))
}
