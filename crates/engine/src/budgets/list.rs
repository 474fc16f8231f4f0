//! Listing budgets: `GET /budgets`.

use riverbank_store::budgets;

use super::{BudgetView, Spending};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The caller's budgets, in the order in which they were made.
    pub async fn list_budgets(&self, caller: &Caller) -> Result<Vec<BudgetView>, Fault> {
        let reader = self.store().read().await?;
        let found = budgets::of_user(&reader, &caller.user).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let spending = Spending::kept(self, &reader, &caller.user).await?;
        Ok(found.into_iter().map(|budget| spending.view(budget)).collect())
    }
}
