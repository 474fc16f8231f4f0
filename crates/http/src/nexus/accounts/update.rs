//! `PUT /accounts/{account_guid}`.

use axum::extract::State;
use riverbank_engine::accounts::{AccountChanges, UpdateAccount, UpdateAccountError};
use riverbank_model::account::{AccountSubtype, AccountType, PropertyType};
use riverbank_model::given::GivenFacts;
use riverbank_model::guid::AccountGuid;
use riverbank_model::limits;

use super::fields::account_request;
use super::view::AccountBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::{Amount, Percentage};
use crate::error::ApiError;
use crate::nexus::object::{Number, account_subtypes, account_types, property_types};
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::{NotEmpty, Text};

account_request! {
    /// The changes to an account; what is absent stays.
    AccountUpdateRequest { name: Option<Text> as Option<NotEmpty>, account_type: Option<Number<AccountType>> }
}

type AccountUpdateRequestBody = Body<AccountUpdateRequest>;

/// Update account
///
/// Changes an account. What is written here is set by USER from now on and stays whatever the institution tells, which is
/// still shown under `feed_`.
#[utoipa::path(
    put,
    path = "/accounts/{account_guid}",
    operation_id = "updateAccount",
    tag = "accounts",
    params(("account_guid" = String, Path, description = "Id of the account."), SkipWebhook),
    request_body = inline(AccountUpdateRequestBody),
    responses((status = 200, description = "The account.", body = AccountBody))
)]
pub(super) async fn update_account(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<AccountGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<AccountUpdateRequest>,
) -> Result<Answer<AccountBody>, ApiError> {
    let skip_webhook = skip_webhook || body.skip_webhook.unwrap_or_default();
    let request = UpdateAccount { fields: body.changes(), skip_webhook };
    Ok(Answer::ok(app.engine.update_account(&session.caller, &guid, request).await?.into()))
}

impl From<UpdateAccountError> for ApiError {
    fn from(error: UpdateAccountError) -> Self {
        match error {
            UpdateAccountError::NoSuchAccount => Self::not_found(),
            UpdateAccountError::NoName | UpdateAccountError::Currency(_) => {
                Self::bad_request(error.to_string())
            }
            UpdateAccountError::Fault(fault) => fault.into(),
        }
    }
}
