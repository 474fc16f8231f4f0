//! `PUT /holdings/{holding_guid}`.

use axum::extract::State;
use riverbank_engine::holdings::{UpdateHolding, UpdateHoldingError};
use riverbank_model::guid::HoldingGuid;
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::HoldingBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// The changes to a holding; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct HoldingUpdateRequest {
    /// What was paid for it.
    #[schema(inline)]
    cost_basis: Option<Amount>,
    /// ISO 4217.
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$")]
    currency_code: Option<Text>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
}

impl RequestBody for HoldingUpdateRequest {
    const ROOT: Option<&'static str> = Some("holding");
}

type HoldingUpdateRequestBody = Body<HoldingUpdateRequest>;

/// Update holding
///
/// Changes a holding. The cost basis and the currency that are written here are set by USER from now on and stay whatever
/// the institution tells.
#[utoipa::path(
    put,
    path = "/holdings/{holding_guid}",
    operation_id = "updateHolding",
    tag = "holdings",
    params(("holding_guid" = String, Path, description = "Id of the holding."), SkipWebhook),
    request_body = inline(HoldingUpdateRequestBody),
    responses((status = 200, description = "The holding.", body = HoldingBody))
)]
pub(super) async fn update_holding(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<HoldingGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<HoldingUpdateRequest>,
) -> Result<Answer<HoldingBody>, ApiError> {
    let request = UpdateHolding {
        cost_basis: body.cost_basis.map(|amount| amount.0),
        currency_code: body.currency_code.map(Text::into_string),
        metadata: body.metadata.map(Text::into_string),
        skip_webhook: skip_webhook || body.skip_webhook.unwrap_or_default(),
    };
    Ok(Answer::ok(app.engine.update_holding(&session.caller, &guid, request).await?.into()))
}

impl From<UpdateHoldingError> for ApiError {
    fn from(error: UpdateHoldingError) -> Self {
        match error {
            UpdateHoldingError::NoSuchHolding => Self::not_found(),
            UpdateHoldingError::Currency(_) => Self::bad_request(error.to_string()),
            UpdateHoldingError::Fault(fault) => fault.into(),
        }
    }
}
