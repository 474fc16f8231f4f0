//! `GET /merchants/{merchant_guid}`.

use axum::extract::State;
use riverbank_model::guid::MerchantGuid;

use super::view::MerchantBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read merchant
#[utoipa::path(
    get,
    path = "/merchants/{merchant_guid}",
    operation_id = "readMerchant",
    tag = "merchants",
    params(("merchant_guid" = String, Path, description = "Id of the merchant.")),
    responses((status = 200, description = "The merchant.", body = MerchantBody))
)]
pub(super) async fn read_merchant(
    State(app): State<App>,
    _session: Session,
    Path(guid): Path<MerchantGuid>,
) -> Result<Answer<MerchantBody>, ApiError> {
    let catalogue = app.engine.catalogue().await?;
    let merchant = catalogue.merchants().merchant(&guid).ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(merchant.into()))
}
