//! A monthly cash flow profile as answers show it.

use riverbank_engine::monthly_cash_flow_profile::MonthlyCashFlowProfileView;
use riverbank_model::guid::{MonthlyCashFlowProfileGuid, UserGuid};
use riverbank_model::money::Money;
use serde::Serialize;
use utoipa::ToSchema;

use crate::nexus::object::object;

object! {
    /// What the budgets of a user bring in and take each month, and what is set aside for goals.
    pub(in crate::nexus) MonthlyCashFlowProfile(MonthlyCashFlowProfileView) as "MonthlyCashFlowProfileResponse";
    |view| {
        plain budgeted_expenses: Money = view.budgeted_expenses;
        plain budgeted_income: Money = view.budgeted_income;
        plain estimated_goals_contribution: Option<Money> = view.estimated_goals_contribution();
        plain goals_contribution: Money = view.profile.goals_contribution;
        plain guid: &MonthlyCashFlowProfileGuid = &view.profile.guid;
        plain user_guid: &UserGuid = &view.profile.user_guid;
        plain uses_estimated_goals_contribution: bool = view.profile.uses_estimated_goals_contribution;
    }
}

/// A profile with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MonthlyCashFlowProfileResponseBody)]
pub(super) struct MonthlyCashFlowProfileBody {
    monthly_cash_flow_profile: MonthlyCashFlowProfile,
}

impl From<MonthlyCashFlowProfileView> for MonthlyCashFlowProfileBody {
    fn from(view: MonthlyCashFlowProfileView) -> Self {
        Self { monthly_cash_flow_profile: MonthlyCashFlowProfile(view) }
    }
}
