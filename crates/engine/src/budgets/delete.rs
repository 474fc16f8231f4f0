//! Deleting a budget: `DELETE /budgets/{budget_guid}`.

use riverbank_model::guid::BudgetGuid;
use riverbank_model::webhook::Action;
use riverbank_store::Tx;
use riverbank_store::budgets::{self, Budget};

use super::Spending;
use crate::audit::record;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Deletes a budget of the caller, and those below it. False when there is no such budget.
    pub async fn delete_budget(
        &self,
        caller: &Caller,
        guid: &BudgetGuid,
        skip_webhook: bool,
    ) -> Result<bool, Fault> {
        let user = caller.user.clone();
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let held = budgets::lock_of_user(tx, &caller.user).await?.unwrap_or_default();
            let goes = |budget: &Budget| budget.guid == guid || budget.parent_guid.as_ref() == Some(&guid);
            let gone: Vec<_> = held.into_iter().filter(goes).collect();
            engine.remove_budgets(tx, &caller, gone, skip_webhook).await
        });
        let is_deleted = writing.await?;
        if is_deleted {
            self.look_again(&user).await;
        }
        Ok(is_deleted)
    }

    /// Removes budgets that are held, with those below them, and tells of it; false of none.
    pub(crate) async fn remove_budgets(
        &self,
        tx: &Tx,
        caller: &Caller,
        gone: Vec<Budget>,
        skip_webhook: bool,
    ) -> Result<bool, Fault> {
        if gone.is_empty() {
            return Ok(false);
        }
        let now = self.now();
        let spending = Spending::read(tx, &caller.user, now).await?;
        let mut happened = Vec::new();
        for budget in gone {
            budgets::delete(tx, &budget).await?;
            record(tx, caller, "budgets.delete", &budget.guid, skip_webhook, now).await?;
            happened.push((spending.view(budget), Action::Deleted));
        }
        if !skip_webhook {
            self.tell_of_budgets(tx, caller, &happened).await?;
        }
        Ok(true)
    }
}
