//! `/spending_plans/{spending_plan_guid}/spending_plan_account`, singular, and its plural alias.

use axum::extract::State;
use riverbank_model::guid::{SpendingPlanAccountGuid, SpendingPlanGuid};

use super::view::{PlanAccount, PlanAccountBody, PlanAccountsBody};
use crate::answer::{Answer, NoContent};
use crate::app::App;
use crate::error::ApiError;
use crate::path::{Path, Paths};
use crate::session::Session;

/// List spending plan accounts
///
/// The accounts that feed the plan, in the order in which they came to it. Singular in the path, plural in the answer.
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/spending_plan_account",
    operation_id = "listSpendingPlanAccounts",
    tag = "spending plan",
    params(("spending_plan_guid" = String, Path, description = "Id of the plan.")),
    responses((status = 200, description = "The accounts.", body = PlanAccountsBody))
)]
pub(super) async fn list_spending_plan_accounts(
    State(app): State<App>,
    session: Session,
    Path(plan): Path<SpendingPlanGuid>,
) -> Result<Answer<PlanAccountsBody>, ApiError> {
    let accounts = app.engine.list_spending_plan_accounts(&session.caller, &plan).await?;
    let accounts = accounts.ok_or_else(ApiError::not_found)?.into_iter();
    let shown = |account| PlanAccount((account, session.caller.client.clone()));
    Ok(Answer::ok(PlanAccountsBody { spending_plan_accounts: accounts.map(shown).collect() }))
}

/// List spending plan accounts (plural path)
///
/// The same as with the singular path.
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/spending_plan_accounts",
    operation_id = "listSpendingPlanAccountsPlural",
    tag = "spending plan",
    params(("spending_plan_guid" = String, Path, description = "Id of the plan.")),
    responses((status = 200, description = "The accounts.", body = PlanAccountsBody))
)]
pub(super) async fn list_spending_plan_accounts_plural(
    app: State<App>,
    session: Session,
    plan: Path<SpendingPlanGuid>,
) -> Result<Answer<PlanAccountsBody>, ApiError> {
    list_spending_plan_accounts(app, session, plan).await
}

type OneAccount = Paths<(SpendingPlanGuid, SpendingPlanAccountGuid)>;

/// Read spending plan account
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/spending_plan_account/{spending_plan_account_guid}",
    operation_id = "readSpendingPlanAccount",
    tag = "spending plan",
    params(
        ("spending_plan_guid" = String, Path, description = "Id of the plan."),
        ("spending_plan_account_guid" = String, Path, description = "Id of the account in the plan."),
    ),
    responses((status = 200, description = "The account.", body = PlanAccountBody))
)]
pub(super) async fn read_spending_plan_account(
    State(app): State<App>,
    session: Session,
    Paths((plan, guid)): OneAccount,
) -> Result<Answer<PlanAccountBody>, ApiError> {
    let account = app.engine.read_spending_plan_account(&session.caller, &plan, &guid).await?;
    let shown = PlanAccount((account.ok_or_else(ApiError::not_found)?, session.caller.client));
    Ok(Answer::ok(PlanAccountBody { spending_plan_account: shown }))
}

/// Read spending plan account (plural path)
///
/// The same as with the singular path.
#[utoipa::path(
    get,
    path = "/spending_plans/{spending_plan_guid}/spending_plan_accounts/{spending_plan_account_guid}",
    operation_id = "readSpendingPlanAccountPlural",
    tag = "spending plan",
    params(
        ("spending_plan_guid" = String, Path, description = "Id of the plan."),
        ("spending_plan_account_guid" = String, Path, description = "Id of the account in the plan."),
    ),
    responses((status = 200, description = "The account.", body = PlanAccountBody))
)]
pub(super) async fn read_spending_plan_account_plural(
    app: State<App>,
    session: Session,
    account: OneAccount,
) -> Result<Answer<PlanAccountBody>, ApiError> {
    read_spending_plan_account(app, session, account).await
}

/// Delete spending plan account
///
/// Takes the account out of the plan; the account itself stays.
#[utoipa::path(
    delete,
    path = "/spending_plans/{spending_plan_guid}/spending_plan_account/{spending_plan_account_guid}",
    operation_id = "deleteSpendingPlanAccount",
    tag = "spending plan",
    params(
        ("spending_plan_guid" = String, Path, description = "Id of the plan."),
        ("spending_plan_account_guid" = String, Path, description = "Id of the account in the plan."),
    ),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_spending_plan_account(
    State(app): State<App>,
    session: Session,
    Paths((plan, guid)): OneAccount,
) -> Result<NoContent, ApiError> {
    let is_deleted = app.engine.delete_spending_plan_account(&session.caller, &plan, &guid).await?;
    if is_deleted { Ok(NoContent) } else { Err(ApiError::not_found()) }
}

/// Delete spending plan account (plural path)
///
/// The same as with the singular path.
#[utoipa::path(
    delete,
    path = "/spending_plans/{spending_plan_guid}/spending_plan_accounts/{spending_plan_account_guid}",
    operation_id = "deleteSpendingPlanAccountPlural",
    tag = "spending plan",
    params(
        ("spending_plan_guid" = String, Path, description = "Id of the plan."),
        ("spending_plan_account_guid" = String, Path, description = "Id of the account in the plan."),
    ),
    responses((status = 204, description = "Done."))
)]
pub(super) async fn delete_spending_plan_account_plural(
    app: State<App>,
    session: Session,
    account: OneAccount,
) -> Result<NoContent, ApiError> {
    delete_spending_plan_account(app, session, account).await
}
