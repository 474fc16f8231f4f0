//! `/transactions`.

mod by_category;
mod created_between;
mod filter;
pub(super) mod fixed;
mod list;
mod list_of_account;
mod read;
#[cfg(test)]
mod tests;
mod updated_between;
mod view;

pub(super) use filter::AccountsQuery;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_transactions))
        .routes(routes!(read::read_transaction))
        .routes(routes!(created_between::list_transactions_created_between))
        .routes(routes!(updated_between::list_transactions_updated_between))
        .routes(routes!(by_category::list_transactions_by_category_and_date))
        .routes(routes!(by_category::list_transactions_by_top_level_category_and_date))
        .routes(routes!(list_of_account::list_account_transactions))
        .routes(routes!(created_between::list_account_transactions_created_between))
        .routes(routes!(updated_between::list_account_transactions_updated_between))
}
