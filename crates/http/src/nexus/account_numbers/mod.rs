//! `/members/{member_guid}/account_numbers`, `/accounts/{account_guid}/account_numbers`.

pub(super) mod fixed;
mod list_of_account;
mod list_of_member;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_of_member::list_account_numbers_by_member))
        .routes(routes!(list_of_account::list_account_numbers_by_account))
        .routes(routes!(list_of_account::list_account_numbers_by_account_plural))
}
