//! What has come of the payments that a client expected.

use jiff::Span;
use jiff::civil::Date;
use riverbank_model::money::Money;
use riverbank_model::recurrence::RecurrenceType;
use riverbank_store::scheduled_payments::ScheduledPayment;
use riverbank_store::transaction_totals::MerchantPayment;

/// A payment comes at most so many days before or after its day; of one that comes each week half of it, so that none is
/// taken for two.
const DAYS_OFF: i64 = 5;
const DAYS_OFF_OF_A_WEEK: i64 = 3;

/// How far back payments are looked for that came.
const REACH_DAYS: i64 = 400;

/// The first day on which a payment may have come that is expected on this day.
pub(super) fn first_day(occurs_on: Date, today: Date) -> Date {
    let earliest = occurs_on.saturating_sub(Span::new().days(DAYS_OFF));
    earliest.max(today.saturating_sub(Span::new().days(REACH_DAYS)))
}

/// The payment after what was paid: completed, or expected on the day after the last on which it came. None when nothing came
/// of it. What was paid in part, or twice, is looked at as it is; the order does not matter.
pub(super) fn settled(payment: &ScheduledPayment, paid: &[MerchantPayment]) -> Option<ScheduledPayment> {
    let days_off = match payment.recurrence_type {
        Some(RecurrenceType::EveryWeek) => DAYS_OFF_OF_A_WEEK,
        _ => DAYS_OFF,
    };
    let is_of = |one: &&MerchantPayment| {
        payment.merchant_guid.as_ref() == Some(&one.merchant_guid)
            && payment.transaction_type == one.transaction_type
            && is_about(payment.amount, one.amount)
    };
    let days: Vec<Date> = paid.iter().filter(is_of).map(|one| one.date).collect();
    let came = |occurs_on: Date| {
        let (first, last) = around(occurs_on, days_off);
        days.iter().any(|day| (first..=last).contains(day))
    };
    let Some(recurrence) = payment.recurrence() else {
        return came(payment.occurs_on).then(|| ScheduledPayment { is_completed: true, ..payment.clone() });
    };
    let (_, last) = around(*days.iter().max()?, days_off);
    let expected = std::iter::successors(Some(payment.occurs_on), |day| recurrence.after(*day));
    let latest = expected.take_while(|day| *day <= last).filter(|day| came(*day)).last()?;
    Some(ScheduledPayment { occurs_on: recurrence.after(latest)?, ..payment.clone() })
}

fn around(day: Date, days: i64) -> (Date, Date) {
    let span = Span::new().days(days);
    (day.saturating_sub(span), day.saturating_add(span))
}

/// Whether an amount is within a tenth of the one that is expected.
fn is_about(expected: Money, paid: Money) -> bool {
    let off = i128::from(expected.units()) - i128::from(paid.units());
    off.abs() * 10 <= i128::from(expected.units())
}
