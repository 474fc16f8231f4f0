//! A monthly cash flow profile as answers show it.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::money::Money;
use riverbank_store::budgets::{self, Budget};
use riverbank_store::monthly_cash_flow_profiles::MonthlyCashFlowProfile;
use riverbank_store::{StoreError, Tx};

/// A profile with what the budgets of its user come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthlyCashFlowProfileView {
    /// The profile.
    pub profile: MonthlyCashFlowProfile,
    /// The budget of Income.
    pub budgeted_income: Money,
    /// All other budgets at the top.
    pub budgeted_expenses: Money,
}

impl MonthlyCashFlowProfileView {
    pub(super) async fn read(tx: &Tx, profile: MonthlyCashFlowProfile) -> Result<Self, StoreError> {
        let budgets = budgets::of_user(tx, &profile.user_guid).await?;
        let income = DefaultCategory::Income.guid();
        let is_income = |budget: &&Budget| budget.category_guid == income;
        let (earned, spent): (Vec<_>, Vec<_>) =
            budgets.iter().filter(|budget| budget.parent_guid.is_none()).partition(is_income);
        let sum = |budgets: Vec<&Budget>| budgets.into_iter().map(|budget| budget.amount).sum();
        Ok(Self { profile, budgeted_income: sum(earned), budgeted_expenses: sum(spent) })
    }

    /// What budgets leave of the income, not below nothing; none while it is not in use.
    pub fn estimated_goals_contribution(&self) -> Option<Money> {
        let left = (self.budgeted_income - self.budgeted_expenses).max(Money::ZERO);
        self.profile.uses_estimated_goals_contribution.then_some(left)
    }

    /// What is set aside for goals each month: the estimate where it is in use, else what the user has said.
    pub fn contribution(&self) -> Money {
        self.estimated_goals_contribution().unwrap_or(self.profile.goals_contribution)
    }
}
