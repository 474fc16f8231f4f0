//! `/notifications/{notification_guid}/deliverables`.

mod create;
mod list;
mod read;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_deliverables, create::create_deliverable))
        .routes(routes!(read::read_deliverable))
}
