//! Listing scheduled payments: `GET /scheduled_payments`.

use riverbank_store::page::Page;
use riverbank_store::scheduled_payments;

use super::ScheduledPayment;
use crate::{Caller, Engine, Fault};

/// A page of scheduled payments.
#[derive(Clone, Debug)]
pub struct ScheduledPaymentList {
    /// In the order in which they were made.
    pub payments: Vec<ScheduledPayment>,
    /// How many there are in all.
    pub total: i64,
}

impl Engine {
    /// The caller's scheduled payments.
    pub async fn list_scheduled_payments(
        &self,
        caller: &Caller,
        page: Page,
    ) -> Result<ScheduledPaymentList, Fault> {
        let reader = self.store().read().await?;
        let (payments, total) = scheduled_payments::list(&reader, &caller.user, page).await?;
        Ok(ScheduledPaymentList { payments, total })
    }
}
