//! Spending plans: what a user means to spend and to earn in a month, and what comes of it.
//!
//! A plan is made of months, each of which begins on the first day at midnight of the user's own time zone ([`turn`]). What is
//! planned of a month is held against the transactions of the plan's accounts when it is read ([`share`]).

mod accounts;
mod create;
mod delete;
mod export;
mod items;
mod iterations;
mod read;
mod share;
mod turn;

use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::Tx;

pub use create::CreateSpendingPlanError;
pub use export::PlanExport;
pub use items::{InvalidItem, ItemChanges, ItemError, ItemView};
pub use iterations::IterationList;
pub use riverbank_store::spending_plans::{Iteration, SpendingPlan, SpendingPlanAccount};

use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Tells what has happened to the plan of a caller.
    async fn tell_of_plan(
        &self,
        tx: &Tx,
        caller: &Caller,
        plan: &SpendingPlan,
        action: Action,
    ) -> Result<(), Fault> {
        let mut news = News::of_caller(self, tx, caller).await?;
        if news.hears(EventKind::SpendingPlan) {
            news.spending_plan(plan, action)?;
            news.write().await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
