//! A scheduled payment as answers show it.

use riverbank_engine::scheduled_payments;
use riverbank_model::guid::{MerchantGuid, ScheduledPaymentGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_model::recurrence::RecurrenceType;
use riverbank_model::transaction::TransactionType;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Pagination;
use crate::nexus::object::{Name, Number, object};
use crate::values::{Day, Moment};

object! {
    /// A payment that the user expects to make or to get.
    pub(in crate::nexus) ScheduledPayment(scheduled_payments::ScheduledPayment) as "ScheduledPaymentResponse";
    |payment| {
        plain amount: Money = payment.amount;
        plain created_at: Moment = Moment(payment.created_at);
        plain description: &str = payment.description.as_str();
        plain guid: &ScheduledPaymentGuid = &payment.guid;
        plain is_completed: Option<bool> = Some(payment.is_completed);
        plain is_recurring: Option<bool> = payment.is_recurring;
        plain merchant_guid: Option<&MerchantGuid> = payment.merchant_guid.as_ref();
        plain occurs_on: Day = Day(payment.occurs_on);
        plain recurrence_day: Option<i64> = payment.recurrence_day;
        plain recurrence_type: Option<Number<RecurrenceType>> = payment.recurrence_type.map(Number);
        plain recurrence_type_name: Option<Name<RecurrenceType>> = payment.recurrence_type.map(Name);
        plain transaction_type: Number<TransactionType> = Number(payment.transaction_type);
        plain transaction_type_name: Name<TransactionType> = Name(payment.transaction_type);
        plain updated_at: Moment = Moment(payment.updated_at);
        plain user_guid: &UserGuid = &payment.user_guid;
    }
}

/// A scheduled payment with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScheduledPaymentResponseBody)]
pub(super) struct ScheduledPaymentBody {
    scheduled_payment: ScheduledPayment,
}

/// Scheduled payments with their root, and which page of them it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScheduledPaymentsResponseBody)]
pub(in crate::nexus) struct ScheduledPaymentsBody {
    scheduled_payments: Vec<ScheduledPayment>,
    pagination: Pagination,
}

impl From<scheduled_payments::ScheduledPayment> for ScheduledPaymentBody {
    fn from(payment: scheduled_payments::ScheduledPayment) -> Self {
        Self { scheduled_payment: ScheduledPayment(payment) }
    }
}

impl ScheduledPaymentsBody {
    pub(in crate::nexus) fn of(
        payments: Vec<scheduled_payments::ScheduledPayment>,
        pagination: Pagination,
    ) -> Self {
        Self { scheduled_payments: payments.into_iter().map(ScheduledPayment).collect(), pagination }
    }
}
