//! `PUT /accounts/merge`.

use axum::extract::State;
use riverbank_engine::accounts::MergeAccountsError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::AccountBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::ApiError;
use crate::session::Session;
use crate::values::Text;

/// Two accounts that are one.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AccountsMergeRequestBody)]
pub(super) struct AccountsMergeRequest {
    /// The two accounts, in any order.
    #[schema(min_items = 2, max_items = 2)]
    accounts: Vec<Text>,
}

impl RequestBody for AccountsMergeRequest {
    const ROOT: Option<&'static str> = None;
}

/// Merge accounts
///
/// Makes one of two accounts that are the same, and answers with the one that is left: the one that the partner manages, else one
/// that an institution tells of, else one that is connected, else the older. The transactions that only the other one has become
/// its. At least one of the two must belong to a member that is managed by the user.
#[utoipa::path(
    put,
    path = "/accounts/merge",
    operation_id = "mergeAccounts",
    tag = "accounts",
    request_body = AccountsMergeRequest,
    responses(
        (status = 200, description = "The account that is left.", body = AccountBody),
        (status = 404, description = "One of the accounts does not exist (4041)."),
    )
)]
pub(super) async fn merge_accounts(
    State(app): State<App>,
    session: Session,
    Body(body): Body<AccountsMergeRequest>,
) -> Result<Answer<AccountBody>, ApiError> {
    let guids: Vec<String> = body.accounts.into_iter().map(Text::into_string).collect();
    Ok(Answer::ok(app.engine.merge_accounts(&session.caller, &guids).await?.into()))
}

impl From<MergeAccountsError> for ApiError {
    fn from(error: MergeAccountsError) -> Self {
        match error {
            MergeAccountsError::NoSuchAccount => Self::not_found(),
            MergeAccountsError::NotTwo | MergeAccountsError::NoneOfTheUsers | MergeAccountsError::Blocked => {
                Self::bad_request(error.to_string())
            }
            MergeAccountsError::Fault(fault) => fault.into(),
        }
    }
}
