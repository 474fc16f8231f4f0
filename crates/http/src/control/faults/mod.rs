//! `/control/faults`: what is planned to go wrong.

mod list;
mod plan;
mod remove;
#[cfg(test)]
mod tests;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) use plan::fault_of;
pub(super) use view::FaultView;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_faults, plan::plan_fault, remove::clear_faults))
        .routes(routes!(remove::remove_fault))
}
