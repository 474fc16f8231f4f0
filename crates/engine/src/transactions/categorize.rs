//! Giving a meaning to words that are not stored: `POST /transactions/categorize_and_describe`.

use jiff::Timestamp;
use jiff::tz::Offset;
use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::{AccountGuid, Guid as _, MemberGuid, TransactionGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;
use riverbank_store::accounts::Account;
use riverbank_store::transactions::Transaction;

use super::{TransactionView, spoken};
use crate::accounts::NOTHING_GIVEN;
use crate::aggregation::{Identity, transaction_row};
use crate::categories::OwnCategories;
use crate::transaction_rules::rules_of;
use crate::{Caller, Engine, Fault};

/// Words to be given a meaning.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Of money out, unless it is negative.
    pub amount: Money,
    /// The raw text.
    pub description: String,
    /// Further raw text.
    pub memo: Option<String>,
    /// What the sender calls it.
    pub external_guid: Option<String>,
}

impl Engine {
    /// What each of the words would be as a transaction of the caller. It has no id, no account and no member.
    pub async fn categorize_and_describe(
        &self,
        caller: &Caller,
        words: Vec<Words>,
    ) -> Result<Vec<TransactionView>, Fault> {
        let catalogue = self.catalogue().await?;
        let reader = self.store().read().await?;
        let rules = rules_of(&reader, &caller.user).await?;
        drop(reader);
        let now = self.now();
        let today = Offset::UTC.to_datetime(now).date();
        let nowhere = nowhere(&caller.user, now);
        let row = |words: &Words| {
            let direction =
                if words.amount < Money::ZERO { TransactionType::Credit } else { TransactionType::Debit };
            let told = FeedTransaction {
                transacted_on: Some(today),
                ..spoken(&words.description, words.memo.as_deref(), direction, words.amount.abs())
            };
            let identity = Identity {
                guid: TransactionGuid::trusted(String::new()),
                day: today,
                revision: 0,
                created_at: now,
            };
            let meaning = catalogue.merchants().enrich(&told, AccountType::Any, &rules);
            transaction_row(&nowhere, identity, &told, &meaning, now)
        };
        let rows: Vec<_> = words.iter().map(row).collect();
        let reader = self.store().read().await?;
        let categories = OwnCategories::behind(&reader, &caller.user, &rows).await?;
        drop(reader);
        let view = |(transaction, words): (Transaction, Words)| TransactionView {
            member_is_managed_by_user: true,
            own_category: categories.get(&transaction.category_guid),
            external_guid: words.external_guid,
            transaction,
        };
        Ok(rows.into_iter().zip(words).map(view).collect())
    }
}

/// The account of what is in none.
pub(super) fn nowhere(user: &UserGuid, now: Timestamp) -> Account {
    Account {
        user_guid: user.clone(),
        guid: AccountGuid::trusted(String::new()),
        member_guid: MemberGuid::trusted(String::new()),
        number: 0,
        feed_id: String::new(),
        account_type: AccountType::Any,
        feed: "{}".to_owned(),
        given: NOTHING_GIVEN.to_owned(),
        metadata: None,
        is_hidden: false,
        is_blocked: false,
        revision: 0,
        children_made: 0,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    }
}
