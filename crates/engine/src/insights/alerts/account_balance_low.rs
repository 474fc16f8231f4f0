//! An account from which less is left than its user wants.

use riverbank_model::money::Money;
use riverbank_model::notification::NotificationType;

use super::super::templates::low_account_balances::{SPENT_FROM, low_since};
use super::super::{Account, Facts};
use super::{Alarm, Alert};

pub(super) static ALERT: Alert = Alert { notification_type: NotificationType::AccountBalanceLow, find };

fn find(facts: &Facts, mark: Money) -> Vec<Alarm> {
    let tell = |account: &Account| {
        let left = account.spendable().filter(|left| *left < mark)?;
        let since = low_since(facts, account, mark);
        let guid = account.guid.to_string();
        Some(Alarm {
            key: format!("{guid}/{}", since.map(|day| day.to_string()).unwrap_or_default()),
            subject: format!(
                "{} has {} left, less than {}.",
                account.name(),
                facts.worded(left, &account.guid),
                facts.worded(mark, &account.guid)
            ),
            entity: guid.clone(),
            deep_link: guid,
        })
    };
    facts.accounts.iter().filter(|account| account.is_open(&SPENT_FROM)).filter_map(tell).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::account::AccountType;

    use super::super::super::Movement;
    use super::super::whole;
    use super::*;

    #[test]
    fn less_than_the_mark_is_told_once_until_it_recovers() {
        let facts = Facts::for_tests("2026-01-15")
            .with_account("Checking", AccountType::Checking, "80")
            .with_account("Nest", AccountType::Savings, "100")
            .with_account("Card", AccountType::CreditCard, "1")
            .with(Movement::spent("2026-01-14", "10", Category::Groceries))
            .with(Movement::spent("2026-01-12", "30", Category::Groceries));
        let found = find(&facts, whole(100));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].subject, "Checking has $80.00 left, less than $100.00.");
        assert_eq!(
            (found[0].key.as_str(), found[0].entity.as_str()),
            ("ACT-Checking/2026-01-12", "ACT-Checking")
        );
        assert_eq!(find(&facts, whole(80)), []);
        assert_eq!(find(&facts, whole(81))[0].key, "ACT-Checking/2026-01-14", "another mark");
    }
}
