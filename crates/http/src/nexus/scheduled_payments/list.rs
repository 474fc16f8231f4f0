//! `GET /scheduled_payments`.

use axum::extract::State;

use super::view::ScheduledPaymentsBody;
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::query::Paging;
use crate::session::Session;

/// List scheduled payments
///
/// The payments that the user expects, in the order in which they were made or predicted.
#[utoipa::path(
    get,
    path = "/scheduled_payments",
    operation_id = "listScheduledPayments",
    tag = "scheduled payments",
    params(Paging),
    responses((status = 200, description = "The scheduled payments.", body = ScheduledPaymentsBody))
)]
pub(super) async fn list_scheduled_payments(
    State(app): State<App>,
    session: Session,
    paging: Paging,
) -> Result<Answer<ScheduledPaymentsBody>, ApiError> {
    let list = app.engine.list_scheduled_payments(&session.caller, paging.into()).await?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(ScheduledPaymentsBody::of(list.payments, pagination)))
}
