//! Feeds that a test tells word by word.

use jiff::civil::Date;
use riverbank_model::account::AccountType;
use riverbank_model::feed::{AccountFacts, Feed, FeedAccount, FeedTransaction};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use riverbank_store::accounts::{self, Account};
use riverbank_store::jobs::{self, Job};
use riverbank_store::members::Member;

use super::Bench;
use crate::Caller;
use crate::members::{CreateMember, GivenCredential};

/// A member whose job is under way.
pub(crate) struct Told {
    pub(crate) member: Member,
    pub(crate) job: Job,
}

impl Told {
    /// A new member at MX Bank; of the user, or of the partner under an id.
    pub(crate) async fn by(bench: &Bench, caller: &Caller, login: &str, held_as: Option<&str>) -> Self {
        bench.engine.load_test_banks().await.unwrap();
        let catalogue = bench.engine.catalogue().await.unwrap();
        let bank = catalogue.by_code("mxbank").unwrap();
        let credentials = bank.credentials.iter().zip([login, "any"]).map(|(field, value)| GivenCredential {
            guid: field.guid.to_string(),
            value: value.to_owned().into(),
        });
        let request = CreateMember {
            institution_guid: bank.guid.to_string(),
            credentials: credentials.collect(),
            held_as: held_as.map(str::to_owned),
            ..CreateMember::default()
        };
        let member = bench.engine.create_member(caller, request).await.unwrap().member;
        let reader = bench.engine.store().read().await.unwrap();
        let job = jobs::find(&reader, &caller.user, member.live_job_guid.as_ref().unwrap()).await.unwrap();
        Self { member, job: job.unwrap() }
    }

    /// The account with this id, when its feed has told these transactions of it.
    pub(crate) async fn tell(&self, bench: &Bench, id: &str, rows: &[FeedTransaction]) -> Account {
        let facts = AccountFacts::new(AccountType::Checking, format!("Account {id}"));
        let account = FeedAccount {
            transactions: rows.to_vec(),
            transactions_from: rows.iter().filter_map(FeedTransaction::date).min(),
            ..FeedAccount::new(id.to_owned(), facts)
        };
        self.tell_all(bench, account).await
    }

    /// The account when its feed has told all this of it.
    pub(crate) async fn tell_all(&self, bench: &Bench, account: FeedAccount) -> Account {
        let id = account.id.clone();
        bench.engine.import(&self.member, &self.job, Feed { accounts: vec![account] }).await.unwrap();
        let reader = bench.engine.store().read().await.unwrap();
        let found = accounts::find_fed(&reader, &self.member.user_guid, &self.member.guid, &id).await;
        found.unwrap().unwrap()
    }
}

/// A posted payment.
pub(crate) fn paid(id: String, day: Date, cents: i64, text: &str) -> FeedTransaction {
    FeedTransaction {
        id: Some(id),
        amount: Money::from_units(cents * 100),
        transaction_type: TransactionType::Debit,
        status: TransactionStatus::Posted,
        description: text.to_owned(),
        memo: None,
        posted_at: None,
        posted_on: Some(day),
        transacted_at: None,
        transacted_on: None,
        currency_code: None,
        check_number: None,
        kind: None,
        merchant_category_code: None,
        is_international: None,
    }
}
