//! `/transaction_rules`.

mod create;
mod delete;
mod list;
mod progress;
mod read;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub(super) use view::TransactionRule;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_transaction_rules, create::create_transaction_rule))
        .routes(routes!(
            read::read_transaction_rule,
            update::update_transaction_rule,
            delete::delete_transaction_rule
        ))
        .routes(routes!(progress::read_transaction_rule_progress))
}
