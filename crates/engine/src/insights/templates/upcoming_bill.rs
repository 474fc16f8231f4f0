//! A bill that is to be paid soon.

use riverbank_enrich::Category;
use riverbank_model::recurrence::RecurrenceType;
use riverbank_model::transaction::TransactionType;
use riverbank_store::scheduled_payments::ScheduledPayment;

use super::super::{Facts, Found, Looks, Relevance, Template, wording};

/// How many days ahead a bill is told of (Nexus reference, insights).
const AHEAD: i64 = 3;

pub(super) static TEMPLATE: Template = Template {
    name: "UpcomingBill",
    looks: Looks::AtChanges,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let until = facts.days_ahead(AHEAD);
    let is_soon = |payment: &&ScheduledPayment| payment.occurs_on > facts.today && payment.occurs_on <= until;
    let mut bills: Vec<&ScheduledPayment> = Vec::new();
    for payment in facts.scheduled_payments.iter().filter(is_soon).filter(|one| is_bill(facts, one)) {
        if !bills.iter().any(|other| is_same(payment, other)) {
            bills.push(payment);
        }
    }
    bills.into_iter().map(|payment| tell(facts, payment)).collect()
}

fn tell(facts: &Facts, payment: &ScheduledPayment) -> Found {
    let merchant = payment.merchant_guid.as_ref().and_then(|guid| facts.merchant_name(guid));
    Found {
        key: format!("{}/{}", payment.guid, payment.occurs_on),
        title: "Projected bill payment".to_owned(),
        description: format!(
            "A payment of {} to {} is expected on {}.",
            wording::dollars(payment.amount),
            merchant.unwrap_or(&payment.description),
            wording::day(payment.occurs_on)
        ),
        call_to_action: "View bill history",
        merchants: payment.merchant_guid.clone().into_iter().collect(),
        scheduled_payments: vec![payment.guid.clone()],
        relevant_through: Some(payment.occurs_on),
        ..Found::default()
    }
}

/// Whether it is paid, and neither to a subscription nor to a credit card, as what was paid there before tells. What is paid
/// every week or two is shopping, and no bill.
fn is_bill(facts: &Facts, payment: &ScheduledPayment) -> bool {
    if matches!(payment.recurrence_type, Some(RecurrenceType::EveryWeek | RecurrenceType::EveryOtherWeek)) {
        return false;
    }
    let before = facts
        .movements
        .iter()
        .find(|one| !one.is_credit && one.merchant.is_some() && one.merchant == payment.merchant_guid);
    let is_other = before
        .is_some_and(|one| one.flags.is_subscription || one.category == Category::CreditCardPayment.guid());
    payment.transaction_type == TransactionType::Debit && !is_other
}

/// Whether two of them are for the same: merchant, day and amount (Nexus reference, insights).
fn is_same(one: &ScheduledPayment, other: &ScheduledPayment) -> bool {
    (one.occurs_on, one.amount) == (other.occurs_on, other.amount)
        && one.merchant_guid == other.merchant_guid
        && (one.merchant_guid.is_some() || one.description == other.description)
}

#[cfg(test)]
mod tests {
    use super::super::super::Movement;
    use super::*;

    fn bill(day: &str, amount: &str) -> Facts {
        Facts::for_tests("2026-01-15").with_scheduled(day, amount, "Comcast")
    }

    fn told(facts: &Facts) -> Vec<String> {
        find(facts).into_iter().map(|found| found.description).collect()
    }

    #[test]
    fn a_payment_within_three_days_is_told_once() {
        let expected = ["A payment of $80.00 to Comcast is expected on January 18."];
        assert_eq!(told(&bill("2026-01-18", "80")), expected);
        assert_eq!(told(&bill("2026-01-18", "80").with_scheduled("2026-01-18", "80", "Comcast")), expected);
        for day in ["2026-01-15", "2026-01-19"] {
            assert_eq!(told(&bill(day, "80")), Vec::<String>::new(), "{day}");
        }
    }

    #[test]
    fn what_is_paid_every_week_is_no_bill() {
        for (recurrence, bills) in [
            (RecurrenceType::EveryWeek, 0),
            (RecurrenceType::EveryOtherWeek, 0),
            (RecurrenceType::EveryMonth, 1),
        ] {
            let mut facts = bill("2026-01-18", "80");
            facts.scheduled_payments[0].recurrence_type = Some(recurrence);
            assert_eq!(told(&facts).len(), bills, "{recurrence:?}");
        }
    }

    #[test]
    fn subscriptions_and_credit_cards_are_no_bills() {
        let paid = |category| Movement::spent("2025-12-18", "80", category).at("Comcast");
        assert_eq!(told(&bill("2026-01-18", "80").with(paid(Category::Internet))).len(), 1);
        assert_eq!(
            told(&bill("2026-01-18", "80").with(paid(Category::Internet).subscribed())),
            Vec::<String>::new()
        );
        assert_eq!(
            told(&bill("2026-01-18", "80").with(paid(Category::CreditCardPayment))),
            Vec::<String>::new()
        );
    }
}
