//! `/mdx/{client_id}/users/{user_id}/members`: members that the partner holds under ids of its own.

mod create;
mod delete;
mod list;
mod read;
#[cfg(test)]
mod tests;
mod update;

use riverbank_engine::held_members::HeldMemberError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::error::{ApiError, ErrorCode};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list_held_members, create::create_held_member))
        .routes(routes!(read::read_held_member, update::update_held_member, delete::delete_held_member))
}

impl From<HeldMemberError> for ApiError {
    fn from(error: HeldMemberError) -> Self {
        match error {
            HeldMemberError::NoSuchUser | HeldMemberError::NoSuchMember => {
                Self::new(ErrorCode::NotFound, error.to_string())
            }
            HeldMemberError::Fault(fault) => fault.into(),
        }
    }
}
