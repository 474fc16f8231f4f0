//! `DELETE /scheduled_payments/{guid}`.

use axum::extract::State;
use riverbank_model::guid::ScheduledPaymentGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Delete scheduled payment
///
/// Deletes a scheduled payment. None is predicted of its merchant as long as that is paid again and again.
#[utoipa::path(
    delete,
    path = "/scheduled_payments/{guid}",
    operation_id = "deleteScheduledPayment",
    tag = "scheduled payments",
    params(("guid" = String, Path, description = "Id of the scheduled payment.")),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_scheduled_payment(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<ScheduledPaymentGuid>,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_scheduled_payment(&session.caller, &guid).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
