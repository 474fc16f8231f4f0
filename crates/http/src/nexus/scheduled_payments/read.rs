//! `GET /scheduled_payments/{guid}`.

use axum::extract::State;
use riverbank_model::guid::ScheduledPaymentGuid;

use super::view::ScheduledPaymentBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read scheduled payment
#[utoipa::path(
    get,
    path = "/scheduled_payments/{guid}",
    operation_id = "readScheduledPayment",
    tag = "scheduled payments",
    params(("guid" = String, Path, description = "Id of the scheduled payment.")),
    responses((status = 200, description = "The scheduled payment.", body = ScheduledPaymentBody))
)]
pub(super) async fn read_scheduled_payment(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<ScheduledPaymentGuid>,
) -> Result<Answer<ScheduledPaymentBody>, ApiError> {
    let payment = app.engine.read_scheduled_payment(&session.caller, &guid).await?;
    Ok(Answer::ok(payment.ok_or_else(ApiError::not_found)?.into()))
}
