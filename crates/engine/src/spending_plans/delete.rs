//! Deleting a spending plan: `DELETE /spending_plans/{spending_plan_guid}`.

use riverbank_model::guid::SpendingPlanGuid;
use riverbank_model::webhook::Action;
use riverbank_store::{spending_plans, users};

use crate::audit::record;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Deletes the plan of the caller with its accounts, its months and their items. False when there is no such plan.
    pub async fn delete_spending_plan(
        &self,
        caller: &Caller,
        guid: &SpendingPlanGuid,
    ) -> Result<bool, Fault> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            users::hold(tx, &caller.user).await?;
            let found = spending_plans::of_user(tx, &caller.user).await?;
            let Some(plan) = found.filter(|plan| plan.guid == guid) else { return Ok(false) };
            spending_plans::delete(tx, &plan).await?;
            record(tx, &caller, "spending_plans.delete", &plan.guid, false, engine.now()).await?;
            engine.tell_of_plan(tx, &caller, &plan, Action::Deleted).await?;
            Ok(true)
        });
        writing.await
    }
}
