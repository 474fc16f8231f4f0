//! A debt of which a payment will be due.

use jiff::Span;
use jiff::tz::Offset;
use riverbank_model::account::AccountType;
use riverbank_model::money::Money;
use riverbank_model::notification::NotificationType;

use super::super::{Account, Facts, wording};
use super::{Alarm, Alert};

/// The kinds of accounts that something is owed on.
const OWED_ON: [AccountType; 4] =
    [AccountType::CreditCard, AccountType::LineOfCredit, AccountType::Loan, AccountType::Mortgage];
/// So many days before it is due it is told, so that a payment can still come in time.
const AHEAD_DAYS: i64 = 7;
/// A payment in so many days before is the one that is due (Nexus reference, insights, debt payment reminder).
const PAID_DAYS: i64 = 30;

pub(super) static ALERT: Alert = Alert { notification_type: NotificationType::DebtPaymentReminder, find };

fn find(facts: &Facts, _: Money) -> Vec<Alarm> {
    let last = facts.today.saturating_add(Span::new().days(AHEAD_DAYS));
    let tell = |account: &Account| {
        account.facts.balance.filter(|owed| *owed > Money::ZERO)?;
        // Institutions tell the day, as a moment of it in UTC.
        let due = Offset::UTC.to_datetime(account.facts.payment_due_at?).date();
        let is_paid = facts
            .movements
            .iter()
            .any(|one| one.account == account.guid && one.is_credit && one.date >= facts.days_ago(PAID_DAYS));
        if is_paid || due <= facts.today || due > last {
            return None;
        }
        let of = account.facts.minimum_payment.filter(|least| *least > Money::ZERO);
        let of = of.map_or_else(String::new, |least| format!(" of {}", facts.worded(least, &account.guid)));
        let guid = account.guid.to_string();
        Some(Alarm {
            key: format!("{guid}/{due}"),
            subject: format!("A payment{of} for {} is due on {}.", account.name(), wording::day(due)),
            entity: guid.clone(),
            deep_link: guid,
        })
    };
    facts.accounts.iter().filter(|account| account.is_open(&OWED_ON)).filter_map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::feed::AccountFacts;

    use super::super::super::Movement;
    use super::*;

    fn owing(due: &str, balance: &str) -> Facts {
        Facts::for_tests("2026-01-15").with_facts(AccountFacts {
            balance: balance.parse().ok(),
            minimum_payment: "35".parse().ok(),
            payment_due_at: format!("{due}T12:00:00Z").parse().ok(),
            ..AccountFacts::new(AccountType::CreditCard, "Card".to_owned())
        })
    }

    #[test]
    fn a_payment_is_told_of_in_the_week_before_it_is_due_unless_one_was_made() {
        let found = find(&owing("2026-01-22", "900"), Money::ZERO);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].subject, "A payment of $35.00 for Card is due on January 22.");
        assert_eq!((found[0].key.as_str(), found[0].entity.as_str()), ("ACT-Card/2026-01-22", "ACT-Card"));
        for (due, balance) in
            [("2026-01-23", "900"), ("2026-01-15", "900"), ("2026-01-20", "0"), ("2026-01-20", "-5")]
        {
            assert_eq!(find(&owing(due, balance), Money::ZERO), [], "{due} {balance}");
        }
        let paid = |day| {
            owing("2026-01-20", "900")
                .with(Movement::earned(day, "35", Category::CreditCardPayment).in_account("Card"))
        };
        assert_eq!(find(&paid("2025-12-16"), Money::ZERO), []);
        assert_eq!(find(&paid("2025-12-15"), Money::ZERO).len(), 1);
    }
}
