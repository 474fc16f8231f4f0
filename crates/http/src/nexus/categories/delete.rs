//! `DELETE /categories/{category_guid}`.

use axum::extract::State;
use riverbank_engine::categories::DeleteCategoryError;
use riverbank_model::guid::CategoryGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Delete category
///
/// Deletes a category that the user has made; a default one cannot be deleted. Its transactions fall to the category above
/// it.
#[utoipa::path(
    delete,
    path = "/categories/{category_guid}",
    operation_id = "deleteCategory",
    tag = "categories",
    params(("category_guid" = String, Path, description = "Id of the category."), SkipWebhook),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_category(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<CategoryGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    app.engine.delete_category(&session.caller, &guid, skip_webhook).await?;
    Ok(NoContent)
}

impl From<DeleteCategoryError> for ApiError {
    fn from(error: DeleteCategoryError) -> Self {
        match error {
            DeleteCategoryError::NoSuchCategory => Self::not_found(),
            DeleteCategoryError::IsDefault => Self::bad_request(error.to_string()),
            DeleteCategoryError::Fault(fault) => fault.into(),
        }
    }
}
