//! Planning something: `POST .../iterations/current/iteration_items`.

use riverbank_model::guid::{Guid as _, SpendingPlanGuid, SpendingPlanItemGuid};
use riverbank_model::money::Money;
use riverbank_store::spending_plans::{self, IterationItem};
use riverbank_store::{members, users};

use super::view::views;
use super::{ItemChanges, ItemError, ItemView};
use crate::audit::record;
use crate::spending_plans::iterations::current_of;
use crate::{Caller, Engine};

impl Engine {
    /// Adds an item to the month that it is.
    pub async fn create_iteration_item(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
        request: ItemChanges,
    ) -> Result<ItemView, ItemError> {
        let (engine, caller, plan) = (self.clone(), caller.clone(), plan.clone());
        let writing = self.store().write(async move |tx| {
            users::hold(tx, &caller.user).await?;
            let current = current_of(tx, &caller, &plan).await?.ok_or(ItemError::NotFound)?;
            let now = engine.now();
            let mut item = IterationItem {
                user_guid: caller.user.clone(),
                guid: SpendingPlanItemGuid::trusted(String::new()),
                number: 0,
                spending_plan_iteration_guid: current.guid.clone(),
                item_type: None,
                planned_amount: Money::ZERO,
                category_guid: None,
                top_level_category_guid: None,
                scheduled_payment_guid: None,
                created_at: now,
                updated_at: now,
            };
            request.write(tx, &caller, &mut item).await?;
            item.number = members::next_number(tx, &caller.user).await?.ok_or(ItemError::NotFound)?;
            item.guid = engine.guid_of(&caller.user, item.number);
            spending_plans::store_items(tx, std::slice::from_ref(&item)).await?;
            record(tx, &caller, "iteration_items.create", &item.guid, false, now).await?;
            let mut items = views(tx, &current).await?;
            items.pop().ok_or(ItemError::NotFound)
        });
        writing.await
    }
}
