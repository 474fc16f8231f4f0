//! `DELETE /budgets/{budget_guid}`.

use axum::extract::State;
use riverbank_model::guid::BudgetGuid;

use crate::answer::NoContent;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Delete budget
///
/// Deletes a budget, and those below it.
#[utoipa::path(
    delete,
    path = "/budgets/{budget_guid}",
    operation_id = "deleteBudget",
    tag = "budgets",
    params(("budget_guid" = String, Path, description = "Id of the budget."), SkipWebhook),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_budget(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<BudgetGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_budget(&session.caller, &guid, skip_webhook).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}
