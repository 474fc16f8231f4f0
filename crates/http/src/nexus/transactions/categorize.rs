//! `POST /transactions/categorize_and_describe`.

use axum::extract::State;
use riverbank_engine::transactions::Words;
use riverbank_model::limits::ENHANCED_TEXTS;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::WholeTransactionsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::ApiError;
use crate::session::Session;
use crate::values::Text;

/// Raw text to be given a meaning.
#[derive(Debug, Deserialize, ToSchema)]
struct TransactionCategorizeItem {
    /// Of money out, unless it is negative.
    #[schema(inline)]
    amount: Option<Amount>,
    description: Option<Text>,
    /// Handed back, so that answers can be told apart.
    external_guid: Option<Text>,
    memo: Option<Text>,
    /// Ignored: the user is that of the session.
    #[serde(rename = "user_guid")]
    #[schema(rename = "user_guid")]
    _user_guid: Option<Text>,
}

/// Raw texts.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TransactionCategorizeRequest {
    #[schema(max_items = 100)]
    transactions: Vec<TransactionCategorizeItem>,
}

impl RequestBody for TransactionCategorizeRequest {
    const ROOT: Option<&'static str> = None;
}

type TransactionCategorizeRequestBody = Body<TransactionCategorizeRequest>;

/// Categorize and describe transactions
///
/// Says what texts would be as transactions, one answer for each in the same order. Nothing is stored: the answers have no id,
/// no account and no member, which are empty.
#[utoipa::path(
    post,
    path = "/transactions/categorize_and_describe",
    operation_id = "categorizeAndDescribeTransactions",
    tag = "transactions",
    request_body = inline(TransactionCategorizeRequestBody),
    responses((status = 200, description = "The answers.", body = WholeTransactionsBody))
)]
pub(super) async fn categorize_and_describe_transactions(
    State(app): State<App>,
    session: Session,
    Body(body): Body<TransactionCategorizeRequest>,
) -> Result<Answer<WholeTransactionsBody>, ApiError> {
    if body.transactions.len() > ENHANCED_TEXTS {
        let words = format!("transactions must hold at most {ENHANCED_TEXTS} texts.");
        return Err(ApiError::bad_request(words));
    }
    let words = body.transactions.into_iter().map(Words::from).collect();
    Ok(Answer::ok(app.engine.categorize_and_describe(&session.caller, words).await?.into()))
}

impl From<TransactionCategorizeItem> for Words {
    fn from(item: TransactionCategorizeItem) -> Self {
        Self {
            amount: item.amount.map(|amount| amount.0).unwrap_or_default(),
            description: item.description.map(Text::into_string).unwrap_or_default(),
            memo: item.memo.map(Text::into_string),
            external_guid: item.external_guid.map(Text::into_string),
        }
    }
}
