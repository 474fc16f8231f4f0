//! `/spending_plans`.

mod accounts;
mod create;
mod delete;
mod item_type;
mod items;
mod iterations;
mod list;
mod read;
mod view;

pub(super) use view::{Iteration, IterationItem, PlanAccount, SpendingPlan};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_spending_plans, create::create_spending_plan))
        .routes(routes!(read::read_spending_plan, delete::delete_spending_plan))
        .routes(routes!(accounts::list_spending_plan_accounts))
        .routes(routes!(accounts::list_spending_plan_accounts_plural))
        .routes(routes!(accounts::read_spending_plan_account, accounts::delete_spending_plan_account))
        .routes(routes!(
            accounts::read_spending_plan_account_plural,
            accounts::delete_spending_plan_account_plural
        ))
        .routes(routes!(iterations::list_iterations))
        .routes(routes!(iterations::read_current_iteration))
        .routes(routes!(iterations::read_iteration))
        .routes(routes!(items::list::list_iteration_items, items::create::create_iteration_item))
        .routes(routes!(
            items::read::read_iteration_item,
            items::update::update_iteration_item,
            items::delete::delete_iteration_item
        ))
}
