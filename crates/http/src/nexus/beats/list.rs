//! `GET /beats`.

use axum::extract::State;
use riverbank_engine::Page;

use super::view::BeatsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::session::Session;

/// List beats
///
/// All insights of the user in their older form, newest first.
#[utoipa::path(
    get,
    path = "/beats",
    operation_id = "listBeats",
    tag = "beats",
    responses((status = 200, description = "The beats.", body = BeatsBody))
)]
pub(super) async fn list_beats(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<BeatsBody>, ApiError> {
    let list = app.engine.list_insights(&session.caller, Page::ALL).await?;
    Ok(Answer::ok(list.insights.into()))
}
