//! `POST /accounts/{account_guid}/transactions`.

use axum::extract::State;
use riverbank_engine::transactions::{CreateTransaction, CreateTransactionError};
use riverbank_model::guid::AccountGuid;
use riverbank_model::limits;
use riverbank_model::transaction::TransactionType;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TransactionBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::ApiError;
use crate::nexus::object::{Number, transaction_types};
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::{Day, NotEmpty, Text};

/// A new transaction, made by hand. Its amount is not negative.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TransactionCreateRequest {
    #[schema(inline)]
    amount: Amount,
    /// Found from the words when absent.
    category_guid: Option<Text>,
    /// ISO 4217; the account's when absent.
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$")]
    currency_code: Option<Text>,
    #[schema(inline)]
    date: Day,
    /// What is shown; not empty.
    #[schema(value_type = NotEmpty)]
    description: Text,
    has_been_viewed: Option<bool>,
    is_hidden: Option<bool>,
    is_international: Option<bool>,
    memo: Option<Text>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
    #[schema(schema_with = transaction_types)]
    transaction_type: Number<TransactionType>,
}

impl RequestBody for TransactionCreateRequest {
    const ROOT: Option<&'static str> = Some("transaction");
}

type TransactionCreateRequestBody = Body<TransactionCreateRequest>;

/// Create manual transaction
///
/// Makes a transaction by hand, in an account that was made by hand.
#[utoipa::path(
    post,
    path = "/accounts/{account_guid}/transactions",
    operation_id = "createTransaction",
    tag = "transactions",
    params(("account_guid" = String, Path, description = "Id of the account."), SkipWebhook),
    request_body = inline(TransactionCreateRequestBody),
    responses((status = 200, description = "The transaction.", body = TransactionBody))
)]
pub(super) async fn create_transaction(
    State(app): State<App>,
    session: Session,
    Path(account): Path<AccountGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<TransactionCreateRequest>,
) -> Result<Answer<TransactionBody>, ApiError> {
    let request = CreateTransaction {
        amount: body.amount.0,
        date: body.date.0,
        description: body.description.into_string(),
        transaction_type: body.transaction_type.0,
        category_guid: body.category_guid.map(Text::into_string),
        currency_code: body.currency_code.map(Text::into_string),
        has_been_viewed: body.has_been_viewed.unwrap_or_default(),
        is_hidden: body.is_hidden.unwrap_or_default(),
        is_international: body.is_international,
        memo: body.memo.map(Text::into_string),
        metadata: body.metadata.map(Text::into_string),
        skip_webhook: skip_webhook || body.skip_webhook.unwrap_or_default(),
    };
    Ok(Answer::ok(app.engine.create_transaction(&session.caller, &account, request).await?.into()))
}

impl From<CreateTransactionError> for ApiError {
    fn from(error: CreateTransactionError) -> Self {
        match error {
            CreateTransactionError::NoSuchAccount => Self::not_found(),
            CreateTransactionError::Fault(fault) => fault.into(),
            CreateTransactionError::NotManual
            | CreateTransactionError::NegativeAmount
            | CreateTransactionError::NoDescription
            | CreateTransactionError::NoSuchCategory
            | CreateTransactionError::Currency(_) => Self::bad_request(error.to_string()),
        }
    }
}
