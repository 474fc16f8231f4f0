//! A payment that is due on what is owed.

use jiff::tz::Offset;
use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::{Account, Facts, Found, Looks, Movement, Relevance, Template, wording};

/// The kinds of accounts on which something is owed (Nexus reference, insights: liabilities).
const OWED: [AccountType; 4] =
    [AccountType::CreditCard, AccountType::LineOfCredit, AccountType::Loan, AccountType::Mortgage];
/// A payment within so many days was the one that is due (Nexus reference, insights).
const PAID_DAYS: i64 = 30;

pub(super) static TEMPLATE: Template = Template {
    name: "DebtPaymentReminder",
    looks: Looks::AtChanges,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |account: &Account| {
        account.facts.balance.filter(|owed| *owed > Money::ZERO)?;
        let due = Offset::UTC.to_datetime(account.facts.payment_due_at?).date();
        let from = facts.days_ago(PAID_DAYS);
        let is_payment = |one: &Movement| one.account == account.guid && one.is_credit && one.date >= from;
        if due <= facts.today || facts.movements.iter().any(is_payment) {
            return None;
        }
        let (name, day) = (account.name(), wording::day(due));
        let description = match account.facts.minimum_payment.filter(|least| *least > Money::ZERO) {
            Some(least) => {
                format!(
                    "A payment of at least {} to {name} is due on {day}.",
                    facts.worded(least, &account.guid)
                )
            }
            None => format!("A payment to {name} is due on {day}."),
        };
        Some(Found {
            key: format!("{}/{due}", account.guid),
            title: "Payment due".to_owned(),
            description,
            call_to_action: "View account",
            account: Some(account.guid.clone()),
            relevant_through: Some(due),
            ..Found::default()
        })
    };
    facts.accounts.iter().filter(|account| account.is_open(&OWED)).filter_map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::feed::AccountFacts;

    use super::super::super::facts::money;
    use super::*;

    fn card(due: &str, owed: &str) -> Facts {
        Facts::for_tests("2026-01-15").with_facts(AccountFacts {
            balance: Some(money(owed)),
            minimum_payment: Some(money("25")),
            payment_due_at: Some(due.parse().unwrap()),
            ..AccountFacts::new(AccountType::CreditCard, "Card".into())
        })
    }

    #[test]
    fn what_is_due_and_was_not_paid_for_30_days_is_told() {
        let found = find(&card("2026-01-20T12:00:00Z", "300"));
        assert_eq!(found[0].description, "A payment of at least $25.00 to Card is due on January 20.");
        assert_eq!(
            (&*found[0].key, found[0].relevant_through),
            ("ACT-Card/2026-01-20", Some("2026-01-20".parse().unwrap()))
        );
        let paid = |day: &str| Movement::earned(day, "25", Category::CreditCardPayment).in_account("Card");
        assert_eq!(find(&card("2026-01-20T12:00:00Z", "300").with(paid("2025-12-16"))), []);
        assert_eq!(find(&card("2026-01-20T12:00:00Z", "300").with(paid("2025-12-15"))).len(), 1);
    }

    #[test]
    fn nothing_is_told_of_the_past_or_where_nothing_is_owed() {
        assert_eq!(find(&card("2026-01-15T12:00:00Z", "300")), []);
        assert_eq!(find(&card("2026-01-20T12:00:00Z", "0")), []);
    }
}
