//! The months of a plan: `GET /spending_plans/{spending_plan_guid}/iterations`.

use riverbank_model::guid::SpendingPlanGuid;
use riverbank_store::page::Page;
use riverbank_store::spending_plans::{self, Iteration};
use riverbank_store::{StoreError, Tx};

use super::read::plan_of;
use crate::{Caller, Engine, Fault};

/// A page of months.
#[derive(Clone, Debug)]
pub struct IterationList {
    /// The first first.
    pub iterations: Vec<Iteration>,
    /// How many there are in all.
    pub total: i64,
}

/// The month that a plan of the caller is in.
pub(super) async fn current_of(
    tx: &Tx,
    caller: &Caller,
    plan: &SpendingPlanGuid,
) -> Result<Option<Iteration>, StoreError> {
    let Some(plan) = plan_of(tx, caller, plan).await? else { return Ok(None) };
    spending_plans::iteration(tx, &plan, plan.current_iteration_number).await
}

impl Engine {
    /// The months of a plan of the caller; none when there is no such plan.
    pub async fn list_iterations(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
        page: Page,
    ) -> Result<Option<IterationList>, Fault> {
        let reader = self.store().read().await?;
        let Some(plan) = plan_of(&reader, caller, plan).await? else { return Ok(None) };
        let iterations = spending_plans::iterations(&reader, &plan, page).await?;
        Ok(Some(IterationList { iterations, total: plan.current_iteration_number }))
    }

    /// A month of a plan of the caller by its number, or the one that it is.
    pub async fn read_iteration(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
        number: Option<i64>,
    ) -> Result<Option<Iteration>, Fault> {
        let reader = self.store().read().await?;
        let Some(plan) = plan_of(&reader, caller, plan).await? else { return Ok(None) };
        let number = number.unwrap_or(plan.current_iteration_number);
        Ok(spending_plans::iteration(&reader, &plan, number).await?)
    }
}
