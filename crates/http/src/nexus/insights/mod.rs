//! `/insights`.

mod list;
mod objects;
mod read;
mod update;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_insights))
        .routes(routes!(list::list_account_insights))
        .routes(routes!(list::list_transaction_insights))
        .routes(routes!(read::read_insight, update::update_insight))
        .routes(routes!(objects::list_insight_accounts))
        .routes(routes!(objects::list_insight_categories))
        .routes(routes!(objects::list_insight_merchants))
        .routes(routes!(objects::list_insight_scheduled_payments))
        .routes(routes!(objects::list_insight_transactions))
}
