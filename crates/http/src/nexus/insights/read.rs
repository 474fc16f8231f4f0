//! `GET /insights/{insight_guid}`.

use axum::extract::State;
use riverbank_model::guid::InsightGuid;

use super::view::InsightBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read insight
#[utoipa::path(
    get,
    path = "/insights/{insight_guid}",
    operation_id = "readInsight",
    tag = "insights",
    params(("insight_guid" = String, Path, description = "Id of the insight.")),
    responses((status = 200, description = "The insight.", body = InsightBody))
)]
pub(super) async fn read_insight(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
) -> Result<Answer<InsightBody>, ApiError> {
    let insight = app.engine.read_insight(&session.caller, &guid).await?;
    Ok(Answer::ok(insight.ok_or_else(ApiError::not_found)?.into()))
}
