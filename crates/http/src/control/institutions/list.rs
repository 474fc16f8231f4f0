//! `GET /control/institutions`.

use axum::extract::State;

use super::view::{InstitutionView, InstitutionsBody};
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::query::Paging;

/// List institutions of the sandbox
///
/// All institutions by code, with what can be done to them.
#[utoipa::path(
    get,
    path = "/control/institutions",
    operation_id = "listControlInstitutions",
    tag = "institutions",
    params(Paging),
    responses((status = 200, description = "A page of institutions.", body = InstitutionsBody))
)]
pub(super) async fn list_control_institutions(
    State(app): State<App>,
    paging: Paging,
) -> Result<Answer<InstitutionsBody>, ApiError> {
    let list = app.engine.list_banks(paging.into()).await?;
    let total = u64::try_from(list.total).unwrap_or(u64::MAX);
    Ok(Answer::ok(InstitutionsBody {
        institutions: list.banks.into_iter().map(InstitutionView::from).collect(),
        pagination: Pagination::of(paging, total),
    }))
}
