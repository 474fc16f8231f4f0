//! Reading a scheduled payment: `GET /scheduled_payments/{guid}`.

use riverbank_model::guid::ScheduledPaymentGuid;
use riverbank_store::scheduled_payments;

use super::ScheduledPayment;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A scheduled payment of the caller.
    pub async fn read_scheduled_payment(
        &self,
        caller: &Caller,
        guid: &ScheduledPaymentGuid,
    ) -> Result<Option<ScheduledPayment>, Fault> {
        let reader = self.store().read().await?;
        Ok(scheduled_payments::find(&reader, &caller.user, guid).await?)
    }
}
