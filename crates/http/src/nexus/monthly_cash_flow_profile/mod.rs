//! `/monthly_cash_flow_profile`.

mod read;
mod update;
mod view;

pub(super) use view::MonthlyCashFlowProfile;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(read::read_monthly_cash_flow_profile, update::update_monthly_cash_flow_profile))
}
