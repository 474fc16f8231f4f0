//! `/scheduled_payments`.

mod create;
mod delete;
mod list;
mod read;
mod update;
mod view;

pub(super) use view::{ScheduledPayment, ScheduledPaymentsBody};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_scheduled_payments, create::create_scheduled_payment))
        .routes(routes!(
            read::read_scheduled_payment,
            update::update_scheduled_payment,
            delete::delete_scheduled_payment
        ))
}
