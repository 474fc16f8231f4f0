//! Making a transaction by hand: `POST /accounts/{account_guid}/transactions`.

use jiff::civil::Date;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::{AccountGuid, CategoryGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;
use riverbank_store::accounts::{self, Account};
use riverbank_store::members::Member;
use riverbank_store::transactions::{self, Transaction};
use riverbank_store::{StoreError, Tx};

use super::flags::recategorized;
use super::given::{Given, Marks};
use super::{TransactionView, spoken};
use crate::accounts::{InvalidCurrency, check_currency, lock_account};
use crate::aggregation::{Identity, transaction_row};
use crate::audit::record;
use crate::categories::{OwnCategories, top_of};
use crate::fault::faults;
use crate::merchants::Merchants;
use crate::transaction_rules::rules_of;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// What a transaction is made of.
#[derive(Clone, Debug)]
pub struct CreateTransaction {
    /// Not negative.
    pub amount: Money,
    /// Its day.
    pub date: Date,
    /// What is shown of it.
    pub description: String,
    /// The direction.
    pub transaction_type: TransactionType,
    /// Its category, as sent; found from the words when absent.
    pub category_guid: Option<String>,
    /// ISO 4217; the account's when absent.
    pub currency_code: Option<String>,
    /// Whether the user was shown it.
    pub has_been_viewed: bool,
    /// Left out by the user.
    pub is_hidden: bool,
    /// Made abroad.
    pub is_international: Option<bool>,
    /// Further text.
    pub memo: Option<String>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// No webhook for this creation.
    pub skip_webhook: bool,
}

/// Why a transaction cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateTransactionError {
    /// No such account of this user; the same for another user's.
    #[error("no such account")]
    NoSuchAccount,
    /// An institution tells of the account.
    #[error("Transactions can be created in manually created accounts only.")]
    NotManual,
    /// Below nothing.
    #[error("amount must not be negative.")]
    NegativeAmount,
    /// It says nothing.
    #[error("description must not be empty.")]
    NoDescription,
    /// Its category is none.
    #[error("category_guid is not the guid of a category.")]
    NoSuchCategory,
    /// Its currency is none.
    #[error(transparent)]
    Currency(#[from] InvalidCurrency),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateTransactionError);

impl Engine {
    /// Makes a transaction in an account that the caller made by hand.
    pub async fn create_transaction(
        &self,
        caller: &Caller,
        account: &AccountGuid,
        request: CreateTransaction,
    ) -> Result<TransactionView, CreateTransactionError> {
        if request.amount < Money::ZERO {
            return Err(CreateTransactionError::NegativeAmount);
        }
        if request.description.is_empty() {
            return Err(CreateTransactionError::NoDescription);
        }
        check_currency(request.currency_code.as_deref())?;
        let catalogue = self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), account.clone());
        let writing = self.store().write(async move |tx| {
            let found = lock_account(tx, &caller, &guid).await?;
            let (mut account, member) = found.ok_or(CreateTransactionError::NoSuchAccount)?;
            if !member.is_manual() {
                return Err(CreateTransactionError::NotManual);
            }
            let row = engine.made_by_hand(tx, &mut account, &request, catalogue.merchants()).await?;
            accounts::store(tx, &account).await?;
            transactions::store(tx, std::slice::from_ref(&row)).await?;
            let (skipped, now) = (request.skip_webhook, row.created_at);
            record(tx, &caller, "transactions.create", &row.guid, skipped, now).await?;
            if !skipped {
                let mut news = News::of_member(&engine, tx, &member).await?;
                news.transactions(vec![row.clone()], &member).await?;
                news.write().await?;
            }
            Ok(shown(tx, row, &member).await?)
        });
        writing.await
    }

    async fn made_by_hand(
        &self,
        tx: &Tx,
        account: &mut Account,
        request: &CreateTransaction,
        merchants: &Merchants,
    ) -> Result<Transaction, CreateTransactionError> {
        let account_currency = crate::accounts::in_force(account)?.currency_code;
        let words =
            spoken(&request.description, request.memo.as_deref(), request.transaction_type, request.amount);
        let told = FeedTransaction {
            posted_on: Some(request.date),
            transacted_on: Some(request.date),
            currency_code: request.currency_code.clone().or(account_currency),
            is_international: request.is_international,
            ..words
        };
        let rules = rules_of(tx, &account.user_guid).await?;
        let meaning = merchants.enrich(&told, account.account_type, &rules);
        let now = self.now();
        account.children_made += 1;
        let identity = Identity {
            guid: self.guid_within(&account.user_guid, &account.guid, account.children_made),
            day: request.date,
            revision: 1,
            created_at: now,
        };
        let mut row = transaction_row(account, identity, &told, &meaning, now);
        row.description.clone_from(&request.description);
        (row.feed_memo, row.memo) = (None, request.memo.clone());
        row.metadata.clone_from(&request.metadata);
        row.is_hidden = request.is_hidden;
        row.marks = Marks { has_been_viewed: request.has_been_viewed, ..Marks::default() }.bits();
        let mut given = Given { amount: true, date: true, description: true, ..Given::default() };
        given.memo = row.memo.is_some();
        if let Some(category) = &request.category_guid {
            put_under(tx, &mut row, category).await?.ok_or(CreateTransactionError::NoSuchCategory)?;
            given.category = true;
        }
        row.given = given.bits();
        Ok(row)
    }
}

/// Puts a transaction under a category that its user has named; none when there is no such category.
pub(super) async fn put_under(
    tx: &Tx,
    row: &mut Transaction,
    category: &str,
) -> Result<Option<()>, StoreError> {
    let Ok(guid) = category.parse::<CategoryGuid>() else { return Ok(None) };
    let Some(top) = top_of(tx, &row.user_guid, &guid).await? else { return Ok(None) };
    row.flags = recategorized(row.flags, top, row.transaction_type);
    row.category_guid = guid;
    BY_USER.clone_into(&mut row.categorized_by);
    row.transaction_rule_guid = None;
    Ok(Some(()))
}

/// What made a description or chose a category, where it was the user.
pub(super) const BY_USER: &str = "user";

/// A transaction of a member as answers show it.
pub(super) async fn shown(tx: &Tx, row: Transaction, member: &Member) -> Result<TransactionView, StoreError> {
    let categories = OwnCategories::behind(tx, &row.user_guid, std::slice::from_ref(&row)).await?;
    Ok(TransactionView::of_member(row, member, &categories))
}
