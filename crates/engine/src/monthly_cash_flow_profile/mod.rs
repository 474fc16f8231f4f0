//! The monthly cash flow profile of a user: what budgets bring in and take, and what is set aside for goals.

mod read;
mod update;
mod view;

use riverbank_model::guid::UserGuid;
use riverbank_model::money::Money;
use riverbank_store::monthly_cash_flow_profiles::{self, MonthlyCashFlowProfile};
use riverbank_store::{StoreError, Tx, users};

pub use update::{UpdateMonthlyCashFlowProfile, UpdateMonthlyCashFlowProfileError};
pub use view::MonthlyCashFlowProfileView;

use crate::Engine;

/// What a user sets aside for goals each month, by the figure in use; nothing before the profile is made.
pub(crate) async fn contribution(tx: &Tx, user: &UserGuid) -> Result<Money, StoreError> {
    let Some(profile) = monthly_cash_flow_profiles::find(tx, user).await? else { return Ok(Money::ZERO) };
    Ok(MonthlyCashFlowProfileView::read(tx, profile).await?.contribution())
}

impl Engine {
    /// The profile of a user, who is held until this unit of work ends; made if there is none yet. None when the user has
    /// gone.
    async fn hold_profile(
        &self,
        tx: &Tx,
        user: &UserGuid,
    ) -> Result<Option<MonthlyCashFlowProfile>, StoreError> {
        if !users::hold(tx, user).await? {
            return Ok(None);
        }
        let known = monthly_cash_flow_profiles::find(tx, user).await?;
        if known.is_some() {
            return Ok(known);
        }
        let now = self.now();
        let made = MonthlyCashFlowProfile {
            user_guid: user.clone(),
            // Children of a user are counted from one; there is one profile, which counts as none of them.
            guid: self.guid_of(user, 0),
            goals_contribution: Money::ZERO,
            uses_estimated_goals_contribution: false,
            created_at: now,
            updated_at: now,
        };
        monthly_cash_flow_profiles::store(tx, &made).await?;
        Ok(Some(made))
    }
}

#[cfg(test)]
mod tests;
