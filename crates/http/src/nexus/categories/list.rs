//! `GET /categories`.

use axum::extract::State;

use super::view::CategoriesBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::session::Session;

/// List categories
///
/// The 118 default categories, each followed by those below it, and then the user's own in the order in which they were
/// made.
#[utoipa::path(
    get,
    path = "/categories",
    operation_id = "listCategories",
    tag = "categories",
    responses((status = 200, description = "The categories.", body = CategoriesBody))
)]
pub(super) async fn list_categories(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<CategoriesBody>, ApiError> {
    Ok(Answer::ok(app.engine.list_categories(&session.caller).await?.into()))
}
