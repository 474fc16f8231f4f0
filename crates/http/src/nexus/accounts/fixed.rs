//! `/accounts` of the static test endpoints. Lists are not narrowed.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use riverbank_engine::fixed::FixedMember;
use riverbank_model::guid::AccountGuid;

use super::view::{AccountBody, AccountsBody};
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::fixed::{Named, page};
use crate::path::Path;
use crate::query::Paging;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/accounts", get(list))
        .route("/accounts/{account_guid}", get(read))
        .route("/members/{member_guid}/accounts", get(list_of_member))
}

async fn list(State(app): State<App>, paging: Paging) -> Result<Answer<AccountsBody>, ApiError> {
    of_member(&app, FixedMember::TEST_MEMBER, paging).await
}

async fn list_of_member(
    State(app): State<App>,
    Path(Named(member)): Path<Named>,
    paging: Paging,
) -> Result<Answer<AccountsBody>, ApiError> {
    of_member(&app, member, paging).await
}

async fn of_member(app: &App, member: FixedMember, paging: Paging) -> Result<Answer<AccountsBody>, ApiError> {
    let (accounts, pagination) = page(app.engine.fixed_accounts(member).await?, paging);
    Ok(Answer::ok(AccountsBody::of(accounts, pagination)))
}

async fn read(
    State(app): State<App>,
    Path(guid): Path<AccountGuid>,
) -> Result<Answer<AccountBody>, ApiError> {
    let view = app.engine.fixed_account(&guid).await?;
    Ok(Answer::ok(view.ok_or_else(ApiError::not_found)?.into()))
}
