//! `GET /merchant_locations/{merchant_location_guid}`.

use axum::extract::State;
use riverbank_model::guid::MerchantLocationGuid;

use super::view::MerchantLocationBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read merchant location
///
/// A place that a transaction names by its `merchant_location_guid`.
#[utoipa::path(
    get,
    path = "/merchant_locations/{merchant_location_guid}",
    operation_id = "readMerchantLocation",
    tag = "merchants",
    params(("merchant_location_guid" = String, Path, description = "Id of the merchant location.")),
    responses((status = 200, description = "The merchant location.", body = MerchantLocationBody))
)]
pub(super) async fn read_merchant_location(
    State(app): State<App>,
    _session: Session,
    Path(guid): Path<MerchantLocationGuid>,
) -> Result<Answer<MerchantLocationBody>, ApiError> {
    let catalogue = app.engine.catalogue().await?;
    let location = catalogue.merchants().location(&guid).ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(location.into()))
}
