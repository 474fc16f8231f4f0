//! `PUT /accounts/{account_guid}/block`.

use axum::extract::State;
use riverbank_engine::accounts::BlockAccountError;
use riverbank_model::guid::AccountGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::AccountBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, OptionalBody, RequestBody};
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// How to block an account.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct AccountBlockRequest {
    /// True keeps the webhooks from being sent.
    skip_webhook: Option<bool>,
}

impl RequestBody for AccountBlockRequest {
    const ROOT: Option<&'static str> = Some("account");
}

type AccountBlockRequestBody = Body<AccountBlockRequest>;

/// Block account
///
/// Takes all but its name and kind from an account, with its transactions and holdings, for good, and lets nothing new in. The
/// same account under another member is left alone.
#[utoipa::path(
    put,
    path = "/accounts/{account_guid}/block",
    operation_id = "blockAccount",
    tag = "accounts",
    params(("account_guid" = String, Path, description = "Id of the account."), SkipWebhook),
    request_body = inline(Option<AccountBlockRequestBody>),
    responses((status = 200, description = "The account.", body = AccountBody))
)]
pub(super) async fn block_account(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<AccountGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    OptionalBody(body): OptionalBody<AccountBlockRequest>,
) -> Result<Answer<AccountBody>, ApiError> {
    let skip_webhook = skip_webhook || body.skip_webhook.unwrap_or_default();
    Ok(Answer::ok(app.engine.block_account(&session.caller, &guid, skip_webhook).await?.into()))
}

impl From<BlockAccountError> for ApiError {
    fn from(error: BlockAccountError) -> Self {
        match error {
            BlockAccountError::NoSuchAccount => Self::not_found(),
            BlockAccountError::Manual => Self::bad_request(error.to_string()),
            BlockAccountError::Fault(fault) => fault.into(),
        }
    }
}
