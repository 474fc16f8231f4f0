//! `GET /holdings/{holding_guid}`.

use axum::extract::State;
use riverbank_model::guid::HoldingGuid;

use super::view::HoldingBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read holding
#[utoipa::path(
    get,
    path = "/holdings/{holding_guid}",
    operation_id = "readHolding",
    tag = "holdings",
    params(("holding_guid" = String, Path, description = "Id of the holding.")),
    responses((status = 200, description = "The holding.", body = HoldingBody))
)]
pub(super) async fn read_holding(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<HoldingGuid>,
) -> Result<Answer<HoldingBody>, ApiError> {
    let view = app.engine.read_holding(&session.caller, &guid).await?;
    Ok(Answer::ok(view.ok_or_else(ApiError::not_found)?.into()))
}
