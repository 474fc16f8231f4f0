//! `PUT /transactions/{transaction_guid}`.

use axum::extract::State;
use riverbank_engine::transactions::{UpdateTransaction, UpdateTransactionError};
use riverbank_model::guid::TransactionGuid;
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TransactionBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::{Day, NotEmpty, Text};

/// The changes to a transaction; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TransactionUpdateRequest {
    /// Of a transaction that was made by hand only; not negative.
    #[schema(inline)]
    amount: Option<Amount>,
    category_guid: Option<Text>,
    #[schema(inline)]
    date: Option<Day>,
    /// What is shown; not empty.
    #[schema(value_type = Option<NotEmpty>)]
    description: Option<Text>,
    has_been_viewed: Option<bool>,
    is_business: Option<bool>,
    is_flagged: Option<bool>,
    is_hidden: Option<bool>,
    is_personal: Option<bool>,
    memo: Option<Text>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
    /// The older name of `description`, which counts before it.
    #[schema(value_type = Option<NotEmpty>)]
    user_description: Option<Text>,
}

impl RequestBody for TransactionUpdateRequest {
    const ROOT: Option<&'static str> = Some("transaction");
}

type TransactionUpdateRequestBody = Body<TransactionUpdateRequest>;

/// Update transaction
///
/// Changes a transaction. The category, the date, the description and the memo that are written here are set by USER from
/// now on and stay whatever the institution tells.
#[utoipa::path(
    put,
    path = "/transactions/{transaction_guid}",
    operation_id = "updateTransaction",
    tag = "transactions",
    params(("transaction_guid" = String, Path, description = "Id of the transaction."), SkipWebhook),
    request_body = inline(TransactionUpdateRequestBody),
    responses((status = 200, description = "The transaction.", body = TransactionBody))
)]
pub(super) async fn update_transaction(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<TransactionUpdateRequest>,
) -> Result<Answer<TransactionBody>, ApiError> {
    let request = UpdateTransaction {
        amount: body.amount.map(|amount| amount.0),
        category_guid: body.category_guid.map(Text::into_string),
        date: body.date.map(|date| date.0),
        description: body.description.or(body.user_description).map(Text::into_string),
        memo: body.memo.map(Text::into_string),
        has_been_viewed: body.has_been_viewed,
        is_business: body.is_business,
        is_flagged: body.is_flagged,
        is_hidden: body.is_hidden,
        is_personal: body.is_personal,
        metadata: body.metadata.map(Text::into_string),
        skip_webhook: skip_webhook || body.skip_webhook.unwrap_or_default(),
    };
    Ok(Answer::ok(app.engine.update_transaction(&session.caller, &guid, request).await?.into()))
}

impl From<UpdateTransactionError> for ApiError {
    fn from(error: UpdateTransactionError) -> Self {
        match error {
            UpdateTransactionError::NoSuchTransaction => Self::not_found(),
            UpdateTransactionError::Fault(fault) => fault.into(),
            UpdateTransactionError::AmountNotManual
            | UpdateTransactionError::AmountSplit
            | UpdateTransactionError::NegativeAmount
            | UpdateTransactionError::NoDescription
            | UpdateTransactionError::NoSuchCategory => Self::bad_request(error.to_string()),
        }
    }
}
