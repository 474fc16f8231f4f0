//! What a user is going to pay and to be paid, by what comes again and again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::Date;
use riverbank_enrich::recurrence::{Interval, Payment, Series, find_series};
use riverbank_model::guid::MerchantGuid;
use riverbank_model::money::Money;
use riverbank_model::recurrence::{Recurrence, RecurrenceType};
use riverbank_model::transaction::TransactionType;
use riverbank_store::scheduled_payments::ScheduledPayment;
use riverbank_store::transaction_totals::MerchantPayment;

/// How far back a rhythm is looked for: as far as imports look.
const REACH_DAYS: i64 = 400;

/// How far back one of years is, so that of two payments the first is still seen until the third is overdue.
pub(super) const YEARLY_REACH_DAYS: i64 = 800;

/// A payment that is overdue by so many days comes no more, nor one that is overdue by more than its interval.
const MOST_DAYS_OVERDUE: i64 = 31;

/// The next payment of a merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) amount: Money,
    pub(super) description: String,
    pub(super) occurs_on: Date,
    pub(super) transaction_type: TransactionType,
    /// How it comes again, where the API has a number for it.
    pub(super) recurrence: Option<Recurrence>,
}

impl Expected {
    /// Writes what is expected over a payment that was predicted.
    pub(super) fn write(self, payment: &mut ScheduledPayment) {
        payment.amount = self.amount;
        payment.description = self.description;
        payment.occurs_on = self.occurs_on;
        payment.transaction_type = self.transaction_type;
        payment.is_recurring = Some(self.recurrence.is_some());
        payment.recur(self.recurrence);
    }
}

/// What is expected next of each merchant: of what it is paid, and pays, in a rhythm, that which comes first. The amount and
/// the words are those of the last time.
pub(super) fn expected(history: &[MerchantPayment], today: Date) -> BTreeMap<MerchantGuid, Expected> {
    let since = |days| today.saturating_sub(Span::new().days(days));
    let mut series = of(history, since(REACH_DAYS));
    let payee = |one: &Series| (one.payee.clone(), one.is_credit);
    let recent: BTreeSet<_> = series.iter().map(|(_, one)| payee(one)).collect();
    let yearly = of(history, since(YEARLY_REACH_DAYS)).into_iter();
    series
        .extend(yearly.filter(|(_, one)| one.interval == Interval::Yearly && !recent.contains(&payee(one))));
    let mut first: BTreeMap<MerchantGuid, Expected> = BTreeMap::new();
    for (latest, series) in series {
        if is_over(&series, today) {
            continue;
        }
        let next = Expected {
            amount: latest.amount,
            description: latest.description.clone(),
            occurs_on: series.next_on,
            transaction_type: latest.transaction_type,
            recurrence: recurrence(&series),
        };
        let known = first.get(&latest.merchant_guid);
        if known.is_none_or(|known| order(&next) < order(known)) {
            first.insert(latest.merchant_guid.clone(), next);
        }
    }
    first
}

/// The rhythms since a day, each with its latest payment. As in an import, what one merchant is paid out of two accounts, or
/// for two things, are two.
fn of(history: &[MerchantPayment], since: Date) -> Vec<(&MerchantPayment, Series)> {
    let counted: Vec<_> = history.iter().filter(|one| one.date >= since).collect();
    let payments: Vec<_> = counted
        .iter()
        .map(|one| Payment {
            date: one.date,
            amount: one.amount,
            is_credit: one.transaction_type == TransactionType::Credit,
            payee: format!("{} {} {}", one.merchant_guid, one.account_guid, one.description),
        })
        .collect();
    let found = find_series(&payments).into_iter();
    found.filter_map(|series| Some((*counted.get(*series.payments.last()?)?, series))).collect()
}

/// Whether a rhythm has stopped.
fn is_over(series: &Series, today: Date) -> bool {
    let days = match series.interval {
        Interval::Weekly => 7,
        Interval::Fortnightly => 14,
        Interval::TwiceAMonth => 15,
        Interval::Monthly | Interval::Quarterly | Interval::Yearly => MOST_DAYS_OVERDUE,
    };
    series.next_on.saturating_add(Span::new().days(days)) < today
}

fn recurrence(series: &Series) -> Option<Recurrence> {
    let recurrence_type = match series.interval {
        Interval::Weekly => RecurrenceType::EveryWeek,
        Interval::Fortnightly => RecurrenceType::EveryOtherWeek,
        Interval::Monthly => RecurrenceType::EveryMonth,
        Interval::TwiceAMonth | Interval::Quarterly | Interval::Yearly => return None,
    };
    Recurrence::new(recurrence_type, series.day.into())
}

/// The earlier before the later, the larger before the smaller; the rest so that the same is first each time.
fn order(one: &Expected) -> (Date, Reverse<Money>, i64, &str) {
    (one.occurs_on, Reverse(one.amount), one.transaction_type.id(), &one.description)
}
