//! `DELETE /micro_deposits/{micro_deposit_guid}`.

use axum::extract::State;
use riverbank_model::guid::MicroDepositGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Delete microdeposit
///
/// Deletes the micro deposit. What is on its way to the account arrives nonetheless.
#[utoipa::path(
    delete,
    path = "/micro_deposits/{micro_deposit_guid}",
    operation_id = "deleteMicroDeposit",
    tag = "microdeposits",
    params(("micro_deposit_guid" = String, Path, description = "Id of the micro deposit.")),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_micro_deposit(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MicroDepositGuid>,
) -> Result<NoContent, ApiError> {
    let deleted = app.engine.delete_micro_deposit(&session.caller, &guid).await?;
    if deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
