//! `/accounts`.

mod block;
mod create;
mod delete;
mod fields;
pub(super) mod fixed;
mod list;
mod list_of_member;
mod merge;
mod monthly;
mod read;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub(super) use view::{Account, AccountsBody};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_accounts, create::create_account))
        .routes(routes!(block::block_account))
        .routes(routes!(merge::merge_accounts))
        .routes(routes!(monthly::list_monthly_account_balances))
        .routes(routes!(list_of_member::list_member_accounts))
        .routes(routes!(read::read_account, update::update_account, delete::delete_account))
}
