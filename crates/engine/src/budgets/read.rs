//! Reading a budget: `GET /budgets/{budget_guid}`.

use riverbank_model::guid::BudgetGuid;
use riverbank_store::budgets;

use super::{BudgetView, Spending};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A budget of the caller.
    pub async fn read_budget(&self, caller: &Caller, guid: &BudgetGuid) -> Result<Option<BudgetView>, Fault> {
        let reader = self.store().read().await?;
        let Some(budget) = budgets::find(&reader, &caller.user, guid).await? else { return Ok(None) };
        let spending = Spending::kept(self, &reader, &caller.user).await?;
        Ok(Some(spending.view(budget)))
    }
}
