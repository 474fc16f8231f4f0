//! Deleting a scheduled payment: `DELETE /scheduled_payments/{guid}`.

use riverbank_model::guid::ScheduledPaymentGuid;
use riverbank_store::{scheduled_payments, users};

use crate::audit::record;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Deletes a scheduled payment of the caller. None is predicted of its merchant as long as that is paid again and again.
    /// False when there is no such payment.
    pub async fn delete_scheduled_payment(
        &self,
        caller: &Caller,
        guid: &ScheduledPaymentGuid,
    ) -> Result<bool, Fault> {
        let user = caller.user.clone();
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            users::hold(tx, &caller.user).await?;
            let found = scheduled_payments::find(tx, &caller.user, &guid).await?;
            let Some(payment) = found else { return Ok(false) };
            if let Some(merchant) = payment.merchant_guid.as_ref().filter(|_| !payment.is_completed) {
                scheduled_payments::dismiss(tx, &caller.user, merchant).await?;
            }
            scheduled_payments::delete(tx, &payment).await?;
            record(tx, &caller, "scheduled_payments.delete", &payment.guid, false, engine.now()).await?;
            Ok::<_, Fault>(true)
        });
        let is_deleted = writing.await?;
        if is_deleted {
            self.look_again(&user).await;
        }
        Ok(is_deleted)
    }
}
