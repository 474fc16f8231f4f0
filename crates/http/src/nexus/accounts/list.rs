//! `GET /accounts`.

use axum::extract::State;
use riverbank_engine::accounts::ListAccounts;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::AccountsBody;
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::nexus::members::{UseCase, only_use_case};
use crate::query::{Paging, Query};
use crate::session::Session;

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AccountQuery {
    /// Only accounts of members with this use case.
    #[serde(default)]
    #[param(inline, value_type = Option<UseCase>)]
    use_case: Vec<UseCase>,
    /// Only accounts of members that the user manages, or only those of held members.
    member_is_managed_by_user: Option<bool>,
    /// Only accounts made by hand, or only those that came from an institution.
    is_manual: Option<bool>,
}

/// List accounts
///
/// The accounts of the user, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/accounts",
    operation_id = "listAccounts",
    tag = "accounts",
    params(AccountQuery, Paging),
    responses((status = 200, description = "The accounts.", body = AccountsBody))
)]
pub(super) async fn list_accounts(
    State(app): State<App>,
    session: Session,
    Query(query): Query<AccountQuery>,
    paging: Paging,
) -> Result<Answer<AccountsBody>, ApiError> {
    let request = ListAccounts {
        use_case: only_use_case(&query.use_case)?,
        member_is_managed_by_user: query.member_is_managed_by_user,
        is_manual: query.is_manual,
        page: paging.into(),
    };
    let list = app.engine.list_accounts(&session.caller, request).await?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(AccountsBody::of(list.accounts, pagination)))
}
