//! `/transactions`.

mod by_category;
mod categorize;
mod create;
mod created_between;
mod delete;
mod filter;
pub(super) mod fixed;
mod list;
mod list_of_account;
mod read;
mod split;
#[cfg(test)]
mod tests;
mod unsplit;
mod update;
mod updated_between;
mod view;

pub(super) use filter::AccountsQuery;
pub(super) use view::{Transaction, TransactionsBody};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

#[expect(deprecated, reason = "clients still call what the document calls deprecated")]
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_transactions, split::create_split_transaction))
        .routes(routes!(read::read_transaction, update::update_transaction, delete::delete_transaction))
        .routes(routes!(split::split_transaction))
        .routes(routes!(unsplit::unsplit_transaction))
        .routes(routes!(categorize::categorize_and_describe_transactions))
        .routes(routes!(created_between::list_transactions_created_between))
        .routes(routes!(updated_between::list_transactions_updated_between))
        .routes(routes!(by_category::list_transactions_by_category_and_date))
        .routes(routes!(by_category::list_transactions_by_top_level_category_and_date))
        .routes(routes!(list_of_account::list_account_transactions, create::create_transaction))
        .routes(routes!(created_between::list_account_transactions_created_between))
        .routes(routes!(updated_between::list_account_transactions_updated_between))
}
