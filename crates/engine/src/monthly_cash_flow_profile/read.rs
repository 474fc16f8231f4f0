//! Reading the monthly cash flow profile: `GET /monthly_cash_flow_profile`.

use riverbank_store::monthly_cash_flow_profiles;

use super::MonthlyCashFlowProfileView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The caller's profile, which is made when it is first read; none when the user has gone.
    pub async fn read_monthly_cash_flow_profile(
        &self,
        caller: &Caller,
    ) -> Result<Option<MonthlyCashFlowProfileView>, Fault> {
        if let Some(known) = self.known_profile(caller).await? {
            return Ok(Some(known));
        }
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let Some(profile) = engine.hold_profile(tx, &caller.user).await? else { return Ok(None) };
            Ok::<_, Fault>(Some(MonthlyCashFlowProfileView::read(tx, profile).await?))
        });
        writing.await
    }

    /// The caller's profile, once it is made.
    pub(crate) async fn known_profile(
        &self,
        caller: &Caller,
    ) -> Result<Option<MonthlyCashFlowProfileView>, Fault> {
        let reader = self.store().read().await?;
        let Some(profile) = monthly_cash_flow_profiles::find(&reader, &caller.user).await? else {
            return Ok(None);
        };
        Ok(Some(MonthlyCashFlowProfileView::read(&reader, profile).await?))
    }
}
