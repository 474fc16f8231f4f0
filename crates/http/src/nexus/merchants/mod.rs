//! `/merchants`, and `/merchant_locations`.

mod list;
mod location;
mod read;
#[cfg(test)]
mod tests;
mod view;

pub(super) use view::MerchantsBody;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_merchants))
        .routes(routes!(read::read_merchant))
        .routes(routes!(location::read_merchant_location))
}
