//! `PUT /beats/{beat_guid}`.

use axum::extract::State;
use riverbank_engine::insights::UpdateInsight;
use riverbank_model::guid::InsightGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::BeatBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// What is so of a beat; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct BeatUpdateRequest {
    /// Whether the user was shown it.
    has_been_displayed: Option<bool>,
    /// Whether the user wants it no more.
    is_dismissed: Option<bool>,
}

impl RequestBody for BeatUpdateRequest {
    const ROOT: Option<&'static str> = Some("beat");
}

type BeatUpdateRequestBody = Body<BeatUpdateRequest>;

/// Update beat
///
/// Marks a beat as displayed or dismissed, or as neither. Either makes `is_relevant` false.
#[utoipa::path(
    put,
    path = "/beats/{beat_guid}",
    operation_id = "updateBeat",
    tag = "beats",
    params(("beat_guid" = String, Path, description = "Id of the beat.")),
    request_body = inline(BeatUpdateRequestBody),
    responses((status = 200, description = "The beat.", body = BeatBody))
)]
pub(super) async fn update_beat(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
    Body(body): Body<BeatUpdateRequest>,
) -> Result<Answer<BeatBody>, ApiError> {
    let change =
        UpdateInsight { has_been_displayed: body.has_been_displayed, is_dismissed: body.is_dismissed };
    Ok(Answer::ok(app.engine.update_insight(&session.caller, &guid, change).await?.into()))
}
