//! `GET /micro_deposits/{micro_deposit_guid}`.

use axum::extract::State;
use riverbank_model::guid::MicroDepositGuid;

use super::view::MicroDepositBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read microdeposit
///
/// One micro deposit. If there may be news of it, its provider is asked first.
#[utoipa::path(
    get,
    path = "/micro_deposits/{micro_deposit_guid}",
    operation_id = "readMicroDeposit",
    tag = "microdeposits",
    params(("micro_deposit_guid" = String, Path, description = "Id of the micro deposit.")),
    responses((status = 200, description = "The micro deposit.", body = MicroDepositBody))
)]
pub(super) async fn read_micro_deposit(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MicroDepositGuid>,
) -> Result<Answer<MicroDepositBody>, ApiError> {
    let deposit = app.engine.read_micro_deposit(&session.caller, &guid).await?;
    Ok(Answer::ok(deposit.ok_or_else(ApiError::not_found)?.into()))
}
