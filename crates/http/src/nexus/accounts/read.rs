//! `GET /accounts/{account_guid}`.

use axum::extract::State;
use riverbank_model::guid::AccountGuid;

use super::view::AccountBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read account
#[utoipa::path(
    get,
    path = "/accounts/{account_guid}",
    operation_id = "readAccount",
    tag = "accounts",
    params(("account_guid" = String, Path, description = "Id of the account.")),
    responses((status = 200, description = "The account.", body = AccountBody))
)]
pub(super) async fn read_account(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<AccountGuid>,
) -> Result<Answer<AccountBody>, ApiError> {
    let view = app.engine.read_account(&session.caller, &guid).await?;
    let view = view.ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(view.into()))
}
