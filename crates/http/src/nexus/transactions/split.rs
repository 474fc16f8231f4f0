//! `POST /transactions/{transaction_guid}/split`, and the deprecated `POST /transactions`.

use axum::extract::State;
use riverbank_engine::transactions::{Part, Split, SplitError};
use riverbank_model::guid::TransactionGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{TransactionBody, WholeTransactionsBody};
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;
use crate::values::{NotEmpty, Text};

/// A part of a transaction. What is absent is that of the whole.
#[derive(Debug, Deserialize, ToSchema)]
struct TransactionSplitItem {
    #[schema(inline)]
    amount: Amount,
    category_guid: Option<Text>,
    /// What is shown; not empty.
    #[schema(value_type = Option<NotEmpty>)]
    description: Option<Text>,
    memo: Option<Text>,
}

/// The parts of a transaction, which are the whole together.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TransactionSplitRequest {
    #[schema(min_items = 2, max_items = 100)]
    transactions: Vec<TransactionSplitItem>,
}

impl RequestBody for TransactionSplitRequest {
    const ROOT: Option<&'static str> = None;
}

type TransactionSplitRequestBody = Body<TransactionSplitRequest>;

/// Split transaction
///
/// Splits a transaction into parts that add up to it. It stays in all lists, with `has_been_split` true; the parts stand
/// beside it and name it as `parent_guid`. One that has been split is unsplit before it is split again.
#[utoipa::path(
    post,
    path = "/transactions/{transaction_guid}/split",
    operation_id = "splitTransaction",
    tag = "transactions",
    params(("transaction_guid" = String, Path, description = "Id of the transaction.")),
    request_body = inline(TransactionSplitRequestBody),
    responses(
        (status = 200, description = "The parts.", body = WholeTransactionsBody),
        (status = 422, description = "The transaction has been split, or is a part of another (4220)."),
    )
)]
pub(super) async fn split_transaction(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<TransactionGuid>,
    Body(body): Body<TransactionSplitRequest>,
) -> Result<Answer<WholeTransactionsBody>, ApiError> {
    let split = Split::Parts(body.transactions.into_iter().map(Part::from).collect());
    let parts = app.engine.split_transaction(&session.caller, &guid, split).await?;
    Ok(Answer::ok(parts.into()))
}

/// A part of a transaction that is to be split in two: more than 0, and less than the whole.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TransactionLegacySplitRequest {
    #[schema(inline)]
    amount: Amount,
    category_guid: Option<Text>,
    /// What is shown; not empty.
    #[schema(value_type = Option<NotEmpty>)]
    description: Option<Text>,
    memo: Option<Text>,
    /// The transaction that is to be split.
    parent_guid: Text,
}

impl RequestBody for TransactionLegacySplitRequest {
    const ROOT: Option<&'static str> = Some("transaction");
}

type TransactionLegacySplitRequestBody = Body<TransactionLegacySplitRequest>;

/// Create split transaction
///
/// Splits a transaction in two: the part that is asked for, which is the answer, and what is left. Use split transaction.
#[utoipa::path(
    post,
    path = "/transactions",
    operation_id = "createSplitTransaction",
    tag = "transactions",
    request_body = inline(TransactionLegacySplitRequestBody),
    responses(
        (status = 200, description = "The part.", body = TransactionBody),
        (status = 404, description = "There is no such transaction (4041)."),
        (status = 422, description = "The transaction has been split, or is a part of another (4220)."),
    )
)]
#[deprecated(note = "the split of a transaction is for this")]
pub(super) async fn create_split_transaction(
    State(app): State<App>,
    session: Session,
    Body(body): Body<TransactionLegacySplitRequest>,
) -> Result<Answer<TransactionBody>, ApiError> {
    let whole: TransactionGuid = body.parent_guid.parse().map_err(|_| ApiError::not_found())?;
    let part = TransactionSplitItem {
        amount: body.amount,
        category_guid: body.category_guid,
        description: body.description,
        memo: body.memo,
    };
    let split = Split::Off(part.into());
    let parts = app.engine.split_transaction(&session.caller, &whole, split).await?;
    let part = parts.into_iter().next().ok_or_else(|| ApiError::internal("a split without parts"))?;
    Ok(Answer::ok(part.into()))
}

impl From<TransactionSplitItem> for Part {
    fn from(item: TransactionSplitItem) -> Self {
        Self {
            amount: item.amount.0,
            category_guid: item.category_guid.map(Text::into_string),
            description: item.description.map(Text::into_string),
            memo: item.memo.map(Text::into_string),
        }
    }
}

impl From<SplitError> for ApiError {
    fn from(error: SplitError) -> Self {
        let code = match error {
            SplitError::NoSuchTransaction => return Self::not_found(),
            SplitError::Fault(fault) => return fault.into(),
            SplitError::SplitAlready | SplitError::IsPart => ErrorCode::Unprocessable,
            SplitError::TooFew
            | SplitError::TooMany
            | SplitError::NoAmount
            | SplitError::WrongSum
            | SplitError::NothingLeft
            | SplitError::NoDescription
            | SplitError::NoSuchCategory => ErrorCode::BadRequest,
        };
        Self::new(code, error.to_string())
    }
}
