//! `/members/{member_guid}/account_numbers` and its like of the static test endpoints.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use riverbank_model::guid::AccountGuid;

use super::view::AccountNumbersBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::fixed::Named;
use crate::path::Path;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/members/{member_guid}/account_numbers", get(of_member))
        .route("/accounts/{account_guid}/account_number", get(of_account))
        .route("/accounts/{account_guid}/account_numbers", get(of_account))
}

async fn of_member(
    State(app): State<App>,
    Path(Named(member)): Path<Named>,
) -> Result<Answer<AccountNumbersBody>, ApiError> {
    Ok(Answer::ok(app.engine.fixed_account_numbers(member).await?.into()))
}

async fn of_account(
    State(app): State<App>,
    Path(account): Path<AccountGuid>,
) -> Result<Answer<AccountNumbersBody>, ApiError> {
    let numbers = app.engine.fixed_numbers_of_account(&account).await?;
    Ok(Answer::ok(numbers.ok_or_else(ApiError::not_found)?.into()))
}
