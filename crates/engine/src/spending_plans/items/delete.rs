//! Planning something no longer: `DELETE .../iterations/current/iteration_items/{iteration_item_guid}`.

use riverbank_model::guid::{SpendingPlanGuid, SpendingPlanItemGuid};
use riverbank_store::{spending_plans, users};

use crate::audit::record;
use crate::spending_plans::iterations::current_of;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Deletes an item of the month that it is. False when there is no such item.
    pub async fn delete_iteration_item(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
        guid: &SpendingPlanItemGuid,
    ) -> Result<bool, Fault> {
        let (engine, caller, plan, guid) = (self.clone(), caller.clone(), plan.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            users::hold(tx, &caller.user).await?;
            let Some(current) = current_of(tx, &caller, &plan).await? else { return Ok(false) };
            let items = spending_plans::items(tx, &current).await?;
            let Some(item) = items.into_iter().find(|item| item.guid == guid) else { return Ok(false) };
            spending_plans::delete_item(tx, &item).await?;
            record(tx, &caller, "iteration_items.delete", &guid, false, engine.now()).await?;
            Ok(true)
        });
        writing.await
    }
}
