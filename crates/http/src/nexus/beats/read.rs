//! `GET /beats/{beat_guid}`.

use axum::extract::State;
use riverbank_model::guid::InsightGuid;

use super::view::BeatBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read beat
///
/// An insight in its older form.
#[utoipa::path(
    get,
    path = "/beats/{beat_guid}",
    operation_id = "readBeat",
    tag = "beats",
    params(("beat_guid" = String, Path, description = "Id of the beat.")),
    responses((status = 200, description = "The beat.", body = BeatBody))
)]
pub(super) async fn read_beat(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
) -> Result<Answer<BeatBody>, ApiError> {
    let insight = app.engine.read_insight(&session.caller, &guid).await?;
    Ok(Answer::ok(insight.ok_or_else(ApiError::not_found)?.into()))
}
