//! `/members`.

mod aggregate;
mod aggregate_all;
mod challenges;
mod check_balance;
mod create;
mod create_credential;
mod credentials;
mod delete;
mod extend_history;
pub(super) mod fixed;
mod identify;
#[cfg(test)]
mod life;
mod list;
mod oauth_window;
mod read;
mod resume;
#[cfg(test)]
mod tests;
mod update;
mod values;
mod verify;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) use values::{CredentialValue, UseCase, credentials, filled, only_use_case, use_cases};
pub(crate) use view::{MemberBody, MemberView, MembersBody};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_members, create::create_member))
        .routes(routes!(aggregate_all::aggregate_all_members))
        .routes(routes!(aggregate_all::refresh_all_members))
        .routes(routes!(read::read_member, update::update_member, delete::delete_member))
        .routes(routes!(aggregate::aggregate_member))
        .routes(routes!(aggregate::refresh_member))
        .routes(routes!(identify::identify_member))
        .routes(routes!(verify::verify_member))
        .routes(routes!(extend_history::extend_history))
        .routes(routes!(check_balance::check_balance))
        .routes(routes!(challenges::list_member_challenges))
        .routes(routes!(resume::resume_aggregation))
        .routes(routes!(credentials::list_member_credentials))
        .routes(routes!(
            credentials::list_member_credentials_plural,
            create_credential::create_member_credentials
        ))
        .routes(routes!(oauth_window::generate_oauth_window_uri))
}
