//! Changing the monthly cash flow profile: `PUT /monthly_cash_flow_profile`.

use riverbank_model::money::Money;
use riverbank_store::monthly_cash_flow_profiles;

use super::MonthlyCashFlowProfileView;
use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// The changes to a profile; what is absent stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct UpdateMonthlyCashFlowProfile {
    /// What the user sets aside for goals each month.
    pub goals_contribution: Option<Money>,
    /// Whether what budgets leave is set aside instead.
    pub uses_estimated_goals_contribution: Option<bool>,
}

/// Why a profile is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateMonthlyCashFlowProfileError {
    /// Below nothing.
    #[error("goals_contribution must not be negative.")]
    NegativeContribution,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateMonthlyCashFlowProfileError);

impl Engine {
    /// Changes the caller's profile, which is made if it was never read.
    pub async fn update_monthly_cash_flow_profile(
        &self,
        caller: &Caller,
        request: UpdateMonthlyCashFlowProfile,
    ) -> Result<MonthlyCashFlowProfileView, UpdateMonthlyCashFlowProfileError> {
        if request.goals_contribution.is_some_and(|amount| amount < Money::ZERO) {
            return Err(UpdateMonthlyCashFlowProfileError::NegativeContribution);
        }
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let before = engine.hold_profile(tx, &caller.user).await?;
            let before = before.ok_or(UpdateMonthlyCashFlowProfileError::NoUser)?;
            let mut profile = before.clone();
            profile.goals_contribution = request.goals_contribution.unwrap_or(profile.goals_contribution);
            profile.uses_estimated_goals_contribution = request
                .uses_estimated_goals_contribution
                .unwrap_or(profile.uses_estimated_goals_contribution);
            if profile != before {
                profile.updated_at = engine.now();
                monthly_cash_flow_profiles::store(tx, &profile).await?;
                let (guid, at) = (&profile.guid, profile.updated_at);
                record(tx, &caller, "monthly_cash_flow_profile.update", guid, false, at).await?;
            }
            Ok(MonthlyCashFlowProfileView::read(tx, profile).await?)
        });
        writing.await
    }
}
