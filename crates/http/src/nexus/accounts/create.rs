//! `POST /accounts`.

use axum::extract::State;
use riverbank_engine::accounts::{AccountChanges, CreateAccount, CreateAccountError};
use riverbank_model::account::{AccountSubtype, AccountType, PropertyType};
use riverbank_model::given::GivenFacts;
use riverbank_model::limits;

use super::fields::account_request;
use super::view::AccountBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::{Amount, Percentage};
use crate::error::{ApiError, ErrorCode};
use crate::nexus::object::{Number, account_subtypes, account_types, property_types};
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::{NotEmpty, Text};

account_request! {
    /// A new account, made by hand.
    AccountCreateRequest { name: Text as NotEmpty, account_type: Number<AccountType> }
}

type AccountCreateRequestBody = Body<AccountCreateRequest>;

/// Create manual account
///
/// Makes an account by hand. It belongs to the user's member at the Manual Institution, which is made with the first of
/// them and never aggregates.
#[utoipa::path(
    post,
    path = "/accounts",
    operation_id = "createAccount",
    tag = "accounts",
    params(SkipWebhook),
    request_body = inline(AccountCreateRequestBody),
    responses((status = 200, description = "The account.", body = AccountBody))
)]
pub(super) async fn create_account(
    State(app): State<App>,
    session: Session,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<AccountCreateRequest>,
) -> Result<Answer<AccountBody>, ApiError> {
    let skip_webhook = skip_webhook || body.skip_webhook.unwrap_or_default();
    let request = CreateAccount { fields: body.changes(), skip_webhook };
    Ok(Answer::ok(app.engine.create_account(&session.caller, request).await?.into()))
}

impl From<CreateAccountError> for ApiError {
    fn from(error: CreateAccountError) -> Self {
        match error {
            CreateAccountError::NoName | CreateAccountError::Currency(_) => {
                Self::bad_request(error.to_string())
            }
            CreateAccountError::NoUser => ErrorCode::Unauthorized.into(),
            CreateAccountError::Fault(fault) => fault.into(),
        }
    }
}
