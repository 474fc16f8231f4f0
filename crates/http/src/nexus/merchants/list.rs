//! `GET /merchants`.

use axum::extract::State;

use super::view::MerchantsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::query::Paging;
use crate::session::Session;

/// List merchants
///
/// Every merchant: those that the operator has added, then those that come with the program. They are the same for
/// every user.
#[utoipa::path(
    get,
    path = "/merchants",
    operation_id = "listMerchants",
    tag = "merchants",
    params(Paging),
    responses((status = 200, description = "The merchants.", body = MerchantsBody))
)]
pub(super) async fn list_merchants(
    State(app): State<App>,
    _session: Session,
    paging: Paging,
) -> Result<Answer<MerchantsBody>, ApiError> {
    let catalogue = app.engine.catalogue().await?;
    Ok(Answer::ok(MerchantsBody::of(catalogue.merchants(), paging)))
}
