//! Making a scheduled payment: `POST /scheduled_payments`.

use jiff::civil::Date;
use riverbank_model::guid::{Guid as _, ScheduledPaymentGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;
use riverbank_store::{members, scheduled_payments, users};

use super::{FurtherTerms, InvalidPayment, ScheduledPayment};
use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// What a scheduled payment is made of.
#[derive(Clone, Debug)]
pub struct CreateScheduledPayment {
    /// Not negative.
    pub amount: Money,
    /// What it is for.
    pub description: String,
    /// The day on which it is expected.
    pub occurs_on: Date,
    /// The direction.
    pub transaction_type: TransactionType,
    /// What else is known.
    pub further: FurtherTerms,
}

/// Why a scheduled payment cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateScheduledPaymentError {
    /// There can be no such payment.
    #[error(transparent)]
    Invalid(#[from] InvalidPayment),
    /// A client has made one already that has not come yet.
    #[error("The merchant already has a scheduled payment.")]
    MerchantTaken,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateScheduledPaymentError);

impl Engine {
    /// Makes a scheduled payment of the caller. One that was predicted of its merchant becomes it.
    pub async fn create_scheduled_payment(
        &self,
        caller: &Caller,
        request: CreateScheduledPayment,
    ) -> Result<ScheduledPayment, CreateScheduledPaymentError> {
        let catalogue = self.catalogue().await?;
        let now = self.now();
        let mut payment = ScheduledPayment {
            user_guid: caller.user.clone(),
            guid: ScheduledPaymentGuid::trusted(String::new()),
            amount: request.amount,
            description: request.description,
            occurs_on: request.occurs_on,
            transaction_type: request.transaction_type,
            is_completed: false,
            is_recurring: None,
            merchant_guid: None,
            recurrence_type: None,
            recurrence_day: None,
            is_predicted: false,
            created_at: now,
            updated_at: now,
        };
        let text = payment.description.clone();
        request.further.write(&mut payment, Some(&text), catalogue.merchants())?;
        let user = caller.user.clone();
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            if !users::hold(tx, &caller.user).await? {
                return Err(CreateScheduledPaymentError::NoUser);
            }
            let open = scheduled_payments::open(tx, &caller.user).await?;
            let rival = open.into_iter().find(|open| open.rivals(&payment));
            match rival {
                Some(predicted) if predicted.is_predicted => {
                    payment.guid = predicted.guid;
                    payment.created_at = predicted.created_at;
                }
                Some(_) => return Err(CreateScheduledPaymentError::MerchantTaken),
                None => {
                    let number = members::next_number(tx, &caller.user).await?;
                    let number = number.ok_or(CreateScheduledPaymentError::NoUser)?;
                    payment.guid = engine.guid_of(&caller.user, number);
                }
            }
            if let Some(merchant) = &payment.merchant_guid {
                scheduled_payments::recall(tx, &caller.user, merchant).await?;
            }
            scheduled_payments::store(tx, &payment).await?;
            record(tx, &caller, "scheduled_payments.create", &payment.guid, false, now).await?;
            Ok(payment)
        });
        let written = writing.await;
        if written.is_ok() {
            self.look_again(&user).await;
        }
        written
    }
}
