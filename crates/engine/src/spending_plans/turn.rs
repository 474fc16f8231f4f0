//! The turn of a month: the next iteration of a plan begins, with what is planned of every month.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use riverbank_model::spending_plan::ItemType;
use riverbank_model::webhook::Action;
use riverbank_store::spending_plans::{self, Iteration, IterationItem, PlanKey, SpendingPlan};
use riverbank_store::{StoreError, Tx, users};

use crate::{Caller, Engine, Fault, calendar};

impl Engine {
    /// The month of a day, which a plan is in from now on; neither is written.
    pub(super) async fn begin_month(
        &self,
        tx: &Tx,
        plan: &mut SpendingPlan,
        day: Date,
        now: Timestamp,
    ) -> Result<Iteration, StoreError> {
        plan.current_iteration_number += 1;
        plan.updated_at = now;
        let month = Iteration {
            user_guid: plan.user_guid.clone(),
            guid: self.guid_within(&plan.user_guid, &plan.guid, plan.current_iteration_number),
            spending_plan_guid: plan.guid.clone(),
            iteration_number: plan.current_iteration_number,
            start_on: day.first_of_month(),
            end_on: day.last_of_month(),
            created_at: now,
            updated_at: now,
        };
        plan.next_turn_at = turn_after(tx, &month).await?;
        Ok(month)
    }

    /// Brings a plan into the month that it is for its user, by way of each month between; true when it was to be.
    pub(crate) async fn turn_plan(&self, key: PlanKey) -> Result<bool, Fault> {
        let engine = self.clone();
        let writing = self.store().write(async move |tx| {
            let (user, now) = (&key.user_guid, engine.now());
            if !users::hold(tx, user).await? {
                return Ok(false);
            }
            let found = spending_plans::of_user(tx, user).await?;
            let due = found.filter(|plan| plan.guid == key.guid && plan.next_turn_at <= now);
            let Some(mut plan) = due else { return Ok(false) };
            let current = spending_plans::iteration(tx, &plan, plan.current_iteration_number).await?;
            let Some(mut current) = current else {
                return Err(Fault::internal(format!("{} has no current iteration", plan.guid)));
            };
            let (before, today) = (current.iteration_number, calendar::today(tx, user, now).await?);
            while current.end_on < today {
                let next = day_after(&current);
                let next = engine.begin_month(tx, &mut plan, next, now).await?;
                spending_plans::insert_iteration(tx, &next).await?;
                engine.hand_over(tx, &current, &next, now).await?;
                current = next;
            }
            // Also where it is not that day yet for a user who has moved on to another time zone.
            plan.next_turn_at = turn_after(tx, &current).await?;
            spending_plans::store(tx, &plan).await?;
            if plan.current_iteration_number != before
                && let Some(owner) = users::find(tx, user).await?
            {
                let caller = Caller { client: owner.client_guid, user: owner.guid, callback_payload: None };
                engine.tell_of_plan(tx, &caller, &plan, Action::Updated).await?;
            }
            Ok(true)
        });
        writing.await
    }

    /// Plans the next month as the one before it, but for what was planned for once.
    async fn hand_over(
        &self,
        tx: &Tx,
        from: &Iteration,
        to: &Iteration,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut items = spending_plans::items(tx, from).await?;
        items.retain(|item| item.item_type != Some(ItemType::OtherExpense));
        let next = |item: IterationItem| IterationItem {
            guid: self.guid_within(&to.user_guid, &to.guid, item.number),
            spending_plan_iteration_guid: to.guid.clone(),
            created_at: now,
            updated_at: now,
            ..item
        };
        let items: Vec<_> = items.into_iter().map(next).collect();
        spending_plans::store_items(tx, &items).await
    }
}

/// The first day of the next month.
fn day_after(month: &Iteration) -> Date {
    month.end_on.saturating_add(Span::new().days(1))
}

/// When the month after this one begins for its user.
async fn turn_after(tx: &Tx, month: &Iteration) -> Result<Timestamp, StoreError> {
    calendar::beginning(tx, &month.user_guid, day_after(month)).await
}
