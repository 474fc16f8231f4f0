//! `/user`.

pub(super) mod fixed;
mod read;

pub(super) use read::UserView;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(read::read_user))
}
