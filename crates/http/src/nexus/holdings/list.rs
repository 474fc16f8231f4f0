//! `GET /holdings`, and the same of an account and of a member.

use axum::extract::State;
use riverbank_engine::holdings::HoldingsOf;
use riverbank_model::guid::{AccountGuid, MemberGuid};

use super::view::HoldingsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// List holdings
///
/// The holdings of the user, in the order in which they were first brought in.
#[utoipa::path(
    get,
    path = "/holdings",
    operation_id = "listHoldings",
    tag = "holdings",
    responses((status = 200, description = "The holdings.", body = HoldingsBody))
)]
pub(super) async fn list_holdings(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<HoldingsBody>, ApiError> {
    listed(&app, &session, &HoldingsOf::User).await
}

/// List account holdings
///
/// The holdings of an account, in the order in which they were first brought in.
#[utoipa::path(
    get,
    path = "/accounts/{account_guid}/holdings",
    operation_id = "listAccountHoldings",
    tag = "holdings",
    params(("account_guid" = String, Path, description = "Id of the account.")),
    responses((status = 200, description = "The holdings.", body = HoldingsBody))
)]
pub(super) async fn list_account_holdings(
    State(app): State<App>,
    session: Session,
    Path(account): Path<AccountGuid>,
) -> Result<Answer<HoldingsBody>, ApiError> {
    listed(&app, &session, &HoldingsOf::Account(account)).await
}

/// List member holdings
///
/// The holdings of a member, in the order in which they were first brought in.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/holdings",
    operation_id = "listMemberHoldings",
    tag = "holdings",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses((status = 200, description = "The holdings.", body = HoldingsBody))
)]
pub(super) async fn list_member_holdings(
    State(app): State<App>,
    session: Session,
    Path(member): Path<MemberGuid>,
) -> Result<Answer<HoldingsBody>, ApiError> {
    listed(&app, &session, &HoldingsOf::Member(member)).await
}

async fn listed(app: &App, session: &Session, of: &HoldingsOf) -> Result<Answer<HoldingsBody>, ApiError> {
    let found = app.engine.list_holdings(&session.caller, of).await?;
    Ok(Answer::ok(found.ok_or_else(ApiError::not_found)?.into()))
}
