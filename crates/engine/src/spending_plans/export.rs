//! The spending plan of a user as a whole, for the export of its ledger.

use riverbank_store::page::Page;

use super::{ItemView, Iteration, SpendingPlan, SpendingPlanAccount};
use crate::{Caller, Engine, Fault};

/// A plan with its parts; nothing of a user that has none.
#[derive(Clone, Debug, Default)]
pub struct PlanExport {
    /// The plan.
    pub plan: Option<SpendingPlan>,
    /// Its accounts, in the order in which they came to it.
    pub accounts: Vec<SpendingPlanAccount>,
    /// Its months, the first first.
    pub iterations: Vec<Iteration>,
    /// What is planned of the month that it is.
    pub items: Vec<ItemView>,
}

impl Engine {
    /// The plan of the caller with its parts.
    pub(crate) async fn export_plan(&self, caller: &Caller) -> Result<PlanExport, Fault> {
        let Some(plan) = self.spending_plan(caller).await? else { return Ok(PlanExport::default()) };
        let iterations = self.list_iterations(caller, &plan.guid, Page::ALL).await?;
        Ok(PlanExport {
            accounts: self.list_spending_plan_accounts(caller, &plan.guid).await?.unwrap_or_default(),
            iterations: iterations.map(|list| list.iterations).unwrap_or_default(),
            items: self.list_iteration_items(caller, &plan.guid).await?.unwrap_or_default(),
            plan: Some(plan),
        })
    }
}
