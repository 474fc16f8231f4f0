//! `/goals`.

mod create;
mod delete;
mod list;
mod read;
mod reposition;
mod update;
mod view;

pub(super) use view::Goal;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_goals, create::create_goal))
        .routes(routes!(reposition::reposition_goals))
        .routes(routes!(read::read_goal, update::update_goal, delete::delete_goal))
}
