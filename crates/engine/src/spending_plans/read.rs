//! Reading spending plans: `GET /spending_plans` and `GET /spending_plans/{spending_plan_guid}`.

use riverbank_model::guid::SpendingPlanGuid;
use riverbank_store::spending_plans::{self, SpendingPlan};
use riverbank_store::{StoreError, Tx};

use crate::{Caller, Engine, Fault};

/// The plan of the caller, if it is this one.
pub(super) async fn plan_of(
    tx: &Tx,
    caller: &Caller,
    guid: &SpendingPlanGuid,
) -> Result<Option<SpendingPlan>, StoreError> {
    Ok(spending_plans::of_user(tx, &caller.user).await?.filter(|plan| plan.guid == *guid))
}

impl Engine {
    /// The plan of the caller, if it has one.
    pub async fn spending_plan(&self, caller: &Caller) -> Result<Option<SpendingPlan>, Fault> {
        Ok(spending_plans::of_user(&*self.store().read().await?, &caller.user).await?)
    }

    /// The plan of the caller, if it is this one.
    pub async fn read_spending_plan(
        &self,
        caller: &Caller,
        guid: &SpendingPlanGuid,
    ) -> Result<Option<SpendingPlan>, Fault> {
        Ok(plan_of(&*self.store().read().await?, caller, guid).await?)
    }
}
