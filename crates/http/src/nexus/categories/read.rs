//! `GET /categories/{category_guid}`.

use axum::extract::State;
use riverbank_model::guid::CategoryGuid;

use super::view::CategoryBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Read category
#[utoipa::path(
    get,
    path = "/categories/{category_guid}",
    operation_id = "readCategory",
    tag = "categories",
    params(("category_guid" = String, Path, description = "Id of the category.")),
    responses((status = 200, description = "The category.", body = CategoryBody))
)]
pub(super) async fn read_category(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<CategoryGuid>,
) -> Result<Answer<CategoryBody>, ApiError> {
    let view = app.engine.read_category(&session.caller, &guid).await?;
    Ok(Answer::ok(view.ok_or_else(ApiError::not_found)?.into()))
}
