//! Changing a scheduled payment: `PUT /scheduled_payments/{guid}`.

use jiff::civil::Date;
use riverbank_model::guid::ScheduledPaymentGuid;
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;
use riverbank_store::{scheduled_payments, users};

use super::{FurtherTerms, InvalidPayment, ScheduledPayment};
use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// The changes to a scheduled payment; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateScheduledPayment {
    /// Not negative.
    pub amount: Option<Money>,
    /// What it is for. The merchant is found from it anew, unless one is told.
    pub description: Option<String>,
    /// The day on which it is expected.
    pub occurs_on: Option<Date>,
    /// The direction.
    pub transaction_type: Option<TransactionType>,
    /// What else is known.
    pub further: FurtherTerms,
}

/// Why a scheduled payment is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateScheduledPaymentError {
    /// There is none, or it is another user's.
    #[error("no such scheduled payment")]
    NoSuchPayment,
    /// There can be no such payment.
    #[error(transparent)]
    Invalid(#[from] InvalidPayment),
    /// A client has made another one of the merchant that has not come yet.
    #[error("The merchant already has a scheduled payment.")]
    MerchantTaken,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateScheduledPaymentError);

impl Engine {
    /// Changes a scheduled payment of the caller, which is predicted no longer, nor is another of the merchant that it had.
    /// Another that was predicted of its merchant gives way to it.
    pub async fn update_scheduled_payment(
        &self,
        caller: &Caller,
        guid: &ScheduledPaymentGuid,
        request: UpdateScheduledPayment,
    ) -> Result<ScheduledPayment, UpdateScheduledPaymentError> {
        let catalogue = self.catalogue().await?;
        let user = caller.user.clone();
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            users::hold(tx, &caller.user).await?;
            let before = scheduled_payments::find(tx, &caller.user, &guid).await?;
            let before = before.ok_or(UpdateScheduledPaymentError::NoSuchPayment)?;
            let mut payment = before.clone();
            payment.amount = request.amount.unwrap_or(payment.amount);
            payment.occurs_on = request.occurs_on.unwrap_or(payment.occurs_on);
            payment.transaction_type = request.transaction_type.unwrap_or(payment.transaction_type);
            let text = request.description.filter(|text| *text != before.description);
            payment.description = text.clone().unwrap_or(payment.description);
            request.further.write(&mut payment, text.as_deref(), catalogue.merchants())?;
            payment.is_predicted = false;
            if payment == before {
                return Ok((payment, false));
            }
            let open = scheduled_payments::open(tx, &caller.user).await?;
            if let Some(rival) = open.into_iter().find(|open| open.rivals(&payment)) {
                if !rival.is_predicted {
                    return Err(UpdateScheduledPaymentError::MerchantTaken);
                }
                scheduled_payments::delete(tx, &rival).await?;
            }
            if before.is_predicted
                && payment.merchant_guid != before.merchant_guid
                && let Some(former) = &before.merchant_guid
            {
                scheduled_payments::dismiss(tx, &caller.user, former).await?;
            }
            let now = engine.now();
            payment.updated_at = now;
            scheduled_payments::store(tx, &payment).await?;
            record(tx, &caller, "scheduled_payments.update", &payment.guid, false, now).await?;
            Ok((payment, true))
        });
        let (payment, is_written) = writing.await?;
        if is_written {
            self.look_again(&user).await;
        }
        Ok(payment)
    }
}
