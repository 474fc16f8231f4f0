//! `/notifications`.

mod create;
mod list;
mod read;
mod view;

pub(super) use view::Notification;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_notifications, create::create_notification))
        .routes(routes!(read::read_notification))
}
