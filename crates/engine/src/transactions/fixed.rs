//! The transactions of the static test endpoints: three in each checking account.

use jiff::civil::{Date, date};
use riverbank_enrich::Catalogue;
use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::TransactionGuid;
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;

use super::{TransactionView, spoken};
use crate::accounts::{AccountView, CHECKING};
use crate::aggregation::{Identity, transaction_row};
use crate::fixed::{AT, FixedMember};
use crate::{Engine, Fault};

/// Newest first: day, direction, hundredths of a dollar, the words of the feed.
const TRANSACTIONS: [(Date, TransactionType, i64, &str); 3] = [
    (date(2016, 10, 12), TransactionType::Debit, 1_275, "NETFLIX.COM 866-579-7172 CA"),
    (date(2016, 10, 11), TransactionType::Debit, 6_148, "WHOLEFDS SLC 10102 SALT LAKE CITY UT"),
    (date(2016, 10, 7), TransactionType::Credit, 205_000, "ACME CORP DIRECT DEP PAYROLL"),
];
/// Units of [`Money`] in a hundredth.
const UNITS: i64 = 100;

impl Engine {
    /// The transactions of a member, newest first.
    pub async fn fixed_transactions(&self, fixed: FixedMember) -> Result<Vec<TransactionView>, Fault> {
        let accounts = self.fixed_accounts(fixed).await?;
        Ok(accounts.iter().flat_map(|view| self.transactions_of(view)).collect())
    }

    /// The transactions of an account, newest first.
    pub fn transactions_of(&self, view: &AccountView) -> Vec<TransactionView> {
        if view.account.feed_id != CHECKING {
            return Vec::new();
        }
        let made = |(number, (day, direction, hundredths, words)): (usize, _)| {
            let told = told(day, direction, Money::from_units(hundredths * UNITS), words);
            let identity = Identity {
                guid: riverbank_model::guid::fixed(&[view.account.guid.as_str(), &number.to_string()]),
                day,
                revision: 1,
                created_at: AT,
            };
            let meaning = Catalogue::shipped().enrich(&told, AccountType::Checking, &[]);
            TransactionView {
                transaction: transaction_row(&view.account, identity, &told, &meaning, AT),
                member_is_managed_by_user: view.member_is_managed_by_user,
                own_category: None,
                external_guid: None,
            }
        };
        TRANSACTIONS.into_iter().enumerate().map(made).collect()
    }

    /// The transaction with this id, of whichever member.
    pub async fn fixed_transaction(&self, guid: &TransactionGuid) -> Result<Option<TransactionView>, Fault> {
        for fixed in FixedMember::all() {
            let mut views = self.fixed_transactions(fixed).await?.into_iter();
            if let Some(found) = views.find(|view| view.transaction.guid == *guid) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

fn told(day: Date, transaction_type: TransactionType, amount: Money, words: &str) -> FeedTransaction {
    FeedTransaction {
        posted_on: Some(day),
        transacted_on: Some(day),
        currency_code: Some("USD".to_owned()),
        ..spoken(words, None, transaction_type, amount)
    }
}
