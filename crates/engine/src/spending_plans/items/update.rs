//! Planning something anew: `PUT .../iterations/current/iteration_items/{iteration_item_guid}`.

use riverbank_model::guid::{SpendingPlanGuid, SpendingPlanItemGuid};
use riverbank_store::{spending_plans, users};

use super::view::views;
use super::{ItemChanges, ItemError, ItemView};
use crate::audit::record;
use crate::spending_plans::iterations::current_of;
use crate::{Caller, Engine};

impl Engine {
    /// Changes an item of the month that it is.
    pub async fn update_iteration_item(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
        guid: &SpendingPlanItemGuid,
        request: ItemChanges,
    ) -> Result<ItemView, ItemError> {
        let (engine, caller, plan, guid) = (self.clone(), caller.clone(), plan.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            users::hold(tx, &caller.user).await?;
            let current = current_of(tx, &caller, &plan).await?.ok_or(ItemError::NotFound)?;
            let items = spending_plans::items(tx, &current).await?;
            let before = items.into_iter().find(|item| item.guid == guid).ok_or(ItemError::NotFound)?;
            let mut item = before.clone();
            request.write(tx, &caller, &mut item).await?;
            if item != before {
                item.updated_at = engine.now();
                spending_plans::store_items(tx, std::slice::from_ref(&item)).await?;
                record(tx, &caller, "iteration_items.update", &guid, false, item.updated_at).await?;
            }
            let views = views(tx, &current).await?;
            views.into_iter().find(|view| view.item.guid == guid).ok_or(ItemError::NotFound)
        });
        writing.await
    }
}
