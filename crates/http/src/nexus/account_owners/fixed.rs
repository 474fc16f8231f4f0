//! `/members/{member_guid}/account_owners` of the static test endpoints.

use axum::Router;
use axum::routing::get;

use super::view::AccountOwnersBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::fixed::Named;
use crate::path::Path;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/members/{member_guid}/account_owners", get(list))
}

async fn list(Path(Named(member)): Path<Named>) -> Result<Answer<AccountOwnersBody>, ApiError> {
    Ok(Answer::ok(member.account_owners()?.into()))
}
