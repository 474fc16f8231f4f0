//! Facts for the tests of templates, in a few lines:
//!
//! ```ignore
//! let facts = Facts::for_tests("2026-01-15")
//!     .with_account("Checking", AccountType::Checking, "80")
//!     .with(Movement::spent("2026-01-14", "500", Category::Shopping));
//! ```

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_enrich::{Category as DefaultCategory, Flags};
use riverbank_model::account::{AccountSubtype, AccountType};
use riverbank_model::feed::AccountFacts;
use riverbank_model::guid::{
    AccountGuid, BudgetGuid, Guid as _, MerchantGuid, ScheduledPaymentGuid, TransactionGuid, UserGuid,
};
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;
use riverbank_store::budgets::Budget;
use riverbank_store::scheduled_payments::ScheduledPayment;

use super::{Account, Facts, Month, Movement};
use crate::budgets::BudgetView;
use crate::transactions::flags::{from_bits, recategorized};

/// A day, as tests write it.
pub(in crate::insights) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// An amount, as tests write it.
pub(in crate::insights) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

impl Facts {
    /// A user who has nothing, on a day.
    pub(in crate::insights) fn for_tests(today: &str) -> Self {
        Self {
            today: date(today),
            accounts: Vec::new(),
            movements: Vec::new(),
            months: (0..=3).map(|_| Month::default()).collect(),
            budgets: Vec::new(),
            scheduled_payments: Vec::new(),
            own_categories: Vec::new(),
            merchants: BTreeMap::new(),
        }
    }

    /// With an account, whose id is `ACT-` and its name.
    pub(in crate::insights) fn with_account(self, name: &str, kind: AccountType, balance: &str) -> Self {
        let balance = Some(money(balance));
        self.with_facts(AccountFacts { balance, ..AccountFacts::new(kind, name.to_owned()) })
    }

    /// With an investment account of this kind in particular.
    pub(in crate::insights) fn with_investment(self, name: &str, subtype: AccountSubtype) -> Self {
        let facts = AccountFacts::new(AccountType::Investment, name.to_owned());
        self.with_facts(AccountFacts { account_subtype: Some(subtype), ..facts })
    }

    /// With an account of which more is known.
    pub(in crate::insights) fn with_facts(mut self, facts: AccountFacts) -> Self {
        let guid = AccountGuid::trusted(format!("ACT-{}", facts.name));
        self.accounts.push(Account { guid, facts });
        self
    }

    /// With a movement, whose id is `TRN-` and the number of it, from 1.
    pub(in crate::insights) fn with(mut self, mut movement: Movement) -> Self {
        movement.guid = TransactionGuid::trusted(format!("TRN-{}", self.movements.len() + 1));
        for (month, ago) in self.months.iter_mut().zip(0..) {
            let first = self.today.first_of_month().saturating_sub(jiff::Span::new().months(ago));
            if movement.date.first_of_month() == first {
                month.add(movement.category.clone(), &[], movement.came_in());
            }
        }
        if let Some(merchant) = &movement.merchant {
            self.merchants.insert(merchant.clone(), merchant.as_str().trim_start_matches("MCH-").to_owned());
        }
        self.movements.push(movement);
        self.movements.sort_by(|one, two| (two.date, &one.guid).cmp(&(one.date, &two.guid)));
        self
    }

    /// With a payment to a merchant that is expected on a day, whose id is `SCH-` and the number of it, from 0.
    pub(in crate::insights) fn with_scheduled(mut self, day: &str, amount: &str, merchant: &str) -> Self {
        let guid = MerchantGuid::trusted(format!("MCH-{merchant}"));
        self.merchants.insert(guid.clone(), merchant.to_owned());
        self.scheduled_payments.push(ScheduledPayment {
            user_guid: UserGuid::trusted("USR-1".into()),
            guid: ScheduledPaymentGuid::trusted(format!("SCH-{}", self.scheduled_payments.len())),
            amount: money(amount),
            description: merchant.to_owned(),
            occurs_on: date(day),
            transaction_type: TransactionType::Debit,
            is_completed: false,
            is_recurring: None,
            merchant_guid: Some(guid),
            recurrence_type: None,
            recurrence_day: None,
            is_predicted: true,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        });
        self
    }

    /// With a budget, of which so much is spent and will be spent.
    pub(in crate::insights) fn with_budget(
        mut self,
        category: DefaultCategory,
        [amount, spent, projected]: [&str; 3],
    ) -> Self {
        let number = self.budgets.len();
        let budget = Budget {
            user_guid: UserGuid::trusted("USR-1".into()),
            guid: BudgetGuid::trusted(format!("BGT-{number}")),
            number: 1,
            category_guid: category.guid(),
            parent_guid: None,
            amount: money(amount),
            metadata: None,
            revision: 1,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        };
        self.budgets.push(BudgetView {
            budget,
            name: Some(category.name().to_owned()),
            transaction_total: money(spent),
            projected_spending: money(projected),
        });
        self
    }
}

impl Movement {
    /// Money that went out of `ACT-Checking`.
    pub(in crate::insights) fn spent(day: &str, amount: &str, category: DefaultCategory) -> Self {
        Self::moved(day, amount, category, TransactionType::Debit)
    }

    /// Money that came into `ACT-Checking`.
    pub(in crate::insights) fn earned(day: &str, amount: &str, category: DefaultCategory) -> Self {
        Self::moved(day, amount, category, TransactionType::Credit)
    }

    fn moved(day: &str, amount: &str, category: DefaultCategory, direction: TransactionType) -> Self {
        Self {
            guid: TransactionGuid::trusted(String::new()),
            account: AccountGuid::trusted("ACT-Checking".into()),
            amount: money(amount),
            is_credit: direction == TransactionType::Credit,
            is_posted: true,
            date: date(day),
            description: category.name().to_owned(),
            feed_description: category.name().to_uppercase(),
            category: category.guid(),
            top: Some(category.top_level()),
            flags: from_bits(recategorized(0, category.top_level(), direction), None),
            merchant: None,
            is_recurring: false,
            check_number: None,
        }
    }

    /// The same in another account, by its name.
    pub(in crate::insights) fn in_account(self, account: &str) -> Self {
        Self { account: AccountGuid::trusted(format!("ACT-{account}")), ..self }
    }

    /// The same with a merchant of this name.
    pub(in crate::insights) fn at(self, merchant: &str) -> Self {
        let guid = MerchantGuid::trusted(format!("MCH-{merchant}"));
        Self { merchant: Some(guid), description: merchant.to_owned(), ..self }
    }

    /// The same with another raw text.
    pub(in crate::insights) fn saying(self, text: &str) -> Self {
        Self { feed_description: text.to_owned(), ..self }
    }

    /// The same as a payment for a subscription.
    pub(in crate::insights) fn subscribed(self) -> Self {
        Self { flags: Flags { is_subscription: true, ..self.flags }, ..self }
    }

    /// The same, of a series.
    pub(in crate::insights) fn again(self) -> Self {
        Self { is_recurring: true, ..self }
    }

    /// The same, not booked yet.
    pub(in crate::insights) fn pending(self) -> Self {
        Self { is_posted: false, ..self }
    }
}
