//! What a scheduled payment may say of itself.

use riverbank_model::account::AccountType;
use riverbank_model::guid::MerchantGuid;
use riverbank_model::money::Money;
use riverbank_model::recurrence::{Recurrence, RecurrenceType};
use riverbank_store::scheduled_payments::ScheduledPayment;

use crate::merchants::Merchants;
use crate::transactions::spoken;

/// What a client need not say of a payment.
#[derive(Clone, Debug, Default)]
pub struct FurtherTerms {
    /// Whether it has been made.
    pub is_completed: Option<bool>,
    /// Whether it comes again.
    pub is_recurring: Option<bool>,
    /// The merchant, as sent; found from the description when absent.
    pub merchant_guid: Option<String>,
    /// How often it comes again.
    pub recurrence_type: Option<RecurrenceType>,
    /// On which day it comes again.
    pub recurrence_day: Option<i64>,
}

/// Why there can be no such payment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPayment {
    /// Below nothing.
    #[error("amount must not be negative.")]
    NegativeAmount,
    /// It says nothing.
    #[error("description must not be empty.")]
    NoDescription,
    /// Its merchant is none.
    #[error("merchant_guid is not the guid of a merchant.")]
    NoSuchMerchant,
    /// It comes again, and not all is said of how: these fields are missing.
    #[error("{}: missing", .0.join(", "))]
    NoRecurrence(Vec<&'static str>),
    /// It is said how it comes again, and not that it does.
    #[error("recurrence_type and recurrence_day must be left out unless is_recurring is true.")]
    NotRecurring,
    /// Its week or month has no such day.
    #[error("recurrence_day must be from 1 to {0}.")]
    NoSuchDay(i8),
    /// What comes again is never done with.
    #[error("is_completed must not be true of a payment that is recurring.")]
    CompletedRecurring,
}

impl FurtherTerms {
    /// Writes these terms over those of a payment, and checks the whole. With a `text`, the merchant is the one that it names,
    /// unless one is told.
    pub(super) fn write(
        self,
        payment: &mut ScheduledPayment,
        text: Option<&str>,
        merchants: &Merchants,
    ) -> Result<(), InvalidPayment> {
        if payment.amount < Money::ZERO {
            return Err(InvalidPayment::NegativeAmount);
        }
        if payment.description.is_empty() {
            return Err(InvalidPayment::NoDescription);
        }
        match (self.merchant_guid, text) {
            (Some(told), _) => {
                let guid = told.parse::<MerchantGuid>().ok();
                let known = guid.filter(|guid| merchants.merchant(guid).is_some());
                payment.merchant_guid = Some(known.ok_or(InvalidPayment::NoSuchMerchant)?);
            }
            (None, Some(text)) => {
                let told = spoken(text, None, payment.transaction_type, payment.amount);
                let named = merchants.enrich(&told, AccountType::Any, &[]).merchant;
                payment.merchant_guid = named.or(payment.merchant_guid.take());
            }
            (None, None) => {}
        }
        let was_recurring = payment.recurrence();
        payment.is_recurring = self.is_recurring.or(payment.is_recurring);
        let is_recurring = payment.is_recurring == Some(true);
        let before = was_recurring.filter(|_| is_recurring);
        let recurrence_type = self.recurrence_type.or(before.map(Recurrence::recurrence_type));
        let recurrence_day = self.recurrence_day.or(before.map(|before| before.day().into()));
        payment.recur(recurrence(is_recurring, recurrence_type, recurrence_day)?);
        payment.is_completed = match self.is_completed {
            Some(true) if is_recurring => return Err(InvalidPayment::CompletedRecurring),
            Some(told) => told,
            None => payment.is_completed && !is_recurring,
        };
        Ok(())
    }
}

fn recurrence(
    is_recurring: bool,
    recurrence_type: Option<RecurrenceType>,
    day: Option<i64>,
) -> Result<Option<Recurrence>, InvalidPayment> {
    if !is_recurring {
        let is_nothing_said = recurrence_type.is_none() && day.is_none();
        return if is_nothing_said { Ok(None) } else { Err(InvalidPayment::NotRecurring) };
    }
    let (Some(recurrence_type), Some(day)) = (recurrence_type, day) else {
        let fields = [("recurrence_day", day.is_none()), ("recurrence_type", recurrence_type.is_none())];
        let missing = fields.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name);
        return Err(InvalidPayment::NoRecurrence(missing.collect()));
    };
    let recurrence = Recurrence::new(recurrence_type, day);
    recurrence.map(Some).ok_or(InvalidPayment::NoSuchDay(recurrence_type.last_day()))
}
