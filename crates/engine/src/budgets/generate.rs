//! Making budgets of what was spent: `POST /budgets/generate`.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::webhook::Action;
use riverbank_store::budgets;

use super::{BudgetView, Spending, below};
use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// The categories that may get a budget (Nexus reference, budgets, generate).
const CANDIDATES: [DefaultCategory; 17] = [
    DefaultCategory::AutoAndTransport,
    DefaultCategory::BillsAndUtilities,
    DefaultCategory::BusinessServices,
    DefaultCategory::Education,
    DefaultCategory::Entertainment,
    DefaultCategory::FeesAndCharges,
    DefaultCategory::Financial,
    DefaultCategory::FoodAndDining,
    DefaultCategory::HealthAndFitness,
    DefaultCategory::Home,
    DefaultCategory::Kids,
    DefaultCategory::PersonalCare,
    DefaultCategory::Shopping,
    DefaultCategory::Taxes,
    DefaultCategory::Travel,
    DefaultCategory::Uncategorized,
    DefaultCategory::Income,
];

/// Why no budgets are made.
#[derive(Debug, thiserror::Error)]
pub enum GenerateBudgetsError {
    /// No category has a transaction in each of the last two whole months.
    #[error("There aren't enough transactions to automatically create any budgets")]
    NotEnoughTransactions,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(GenerateBudgetsError);

impl Engine {
    /// Makes or changes a budget for each category at the top with a transaction in each of the last two whole months, of
    /// what was spent in an average one of them, or of what the budgets below it come to if that is more. All budgets of
    /// the caller, the others unchanged.
    pub async fn generate_budgets(&self, caller: &Caller) -> Result<Vec<BudgetView>, GenerateBudgetsError> {
        let user = caller.user.clone();
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let held = budgets::lock_of_user(tx, &caller.user).await?;
            let mut held = held.ok_or(GenerateBudgetsError::NoUser)?;
            let spending = Spending::read(tx, &caller.user, engine.now()).await?;
            let averages: Vec<_> = CANDIDATES
                .iter()
                .filter_map(|category| Some((category.guid(), spending.average(&category.guid())?)))
                .collect();
            if averages.is_empty() {
                return Err(GenerateBudgetsError::NotEnoughTransactions);
            }
            let mut changed = Vec::new();
            for (category, average) in averages {
                let known = held.iter().position(|budget| budget.category_guid == category);
                let budget = if let Some(place) = known {
                    let amount = average.max(below(&held, &held[place], None));
                    let budget = &mut held[place];
                    if budget.amount == amount {
                        continue;
                    }
                    budget.amount = amount;
                    budget.revision += 1;
                    budget.updated_at = engine.now();
                    budget.clone()
                } else {
                    let made = engine.new_budget(tx, &caller, category, average).await?;
                    let made = made.ok_or(GenerateBudgetsError::NoUser)?;
                    held.push(made.clone());
                    made
                };
                budgets::store(tx, &budget).await?;
                changed.push(budget);
            }
            let mut happened = Vec::new();
            for budget in changed {
                let action = if budget.revision == 1 { Action::Created } else { Action::Updated };
                record(tx, &caller, "budgets.generate", &budget.guid, false, budget.updated_at).await?;
                happened.push((spending.view(budget), action));
            }
            engine.tell_of_budgets(tx, &caller, &happened).await?;
            Ok(held.into_iter().map(|budget| spending.view(budget)).collect())
        });
        let written = writing.await;
        if written.is_ok() {
            self.look_again(&user).await;
        }
        written
    }
}
