mod connectors;

use std::time::Duration;

use riverbank_model::account::AccountType;
use riverbank_model::feed::{AccountFacts, Feed, FeedAccount};
use riverbank_model::guid::{MemberGuid, WebhookEndpointGuid};
use riverbank_model::job::JobKind;
use riverbank_model::webhook::EventKind;
use riverbank_store::account_owners::AccountOwner;
use riverbank_store::accounts::Account;
use riverbank_store::holdings::{Holding, HoldingFilter};
use riverbank_store::members::{self, Member};
use riverbank_store::transactions::{self, Transaction};
use riverbank_store::{account_numbers, account_owners, holdings};
use riverbank_testkit::webhook_sink::WebhookSink;

use super::*;
use crate::Caller;
use crate::accounts::{AccountChanges, UpdateAccount};
use crate::members::{AggregationOptions, DeleteMember};
use crate::testing::{Backend, Bench};
use crate::transactions::UpdateTransaction;

const ALL: AggregationOptions = AggregationOptions { include_holdings: true, include_transactions: true };
const BACKENDS: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];
const NOTHING: Reimported = Reimported { accounts: 0, transactions: 0, holdings: 0 };

/// All that a feed can change.
#[derive(Clone, Debug, PartialEq)]
struct Ledger {
    member: Member,
    accounts: Vec<Account>,
    transactions: Vec<Transaction>,
    holdings: Vec<Holding>,
    owners: Vec<AccountOwner>,
}

/// A bench with a user whose member was aggregated.
struct Life {
    bench: Bench,
    caller: Caller,
    member: MemberGuid,
}

impl Life {
    async fn at(bank: &str, backend: Backend) -> Self {
        let bench = Bench::with_test_banks(backend).await;
        Self::on(bench, bank).await
    }

    async fn on(bench: Bench, bank: &str) -> Self {
        let caller = bench.session("acme", "u").await.caller;
        let member = bench.member_at(bank, &caller, "any").await.member.guid;
        bench.run_jobs().await;
        Self { bench, caller, member }
    }

    fn engine(&self) -> &Engine {
        &self.bench.engine
    }

    async fn aggregate(&self) {
        self.engine().aggregate_member(&self.caller, &self.member, ALL).await.unwrap();
        self.bench.run_jobs().await;
    }

    async fn answers(&self) -> Vec<RawAnswerLine> {
        self.engine().list_raw_answers(&self.caller.user).await.unwrap()
    }

    async fn newest(&self) -> JobGuid {
        self.answers().await.pop().expect("an answer").job_guid
    }

    async fn reimport(&self) -> Result<Reimported, RawAnswerError> {
        self.engine().reimport_raw_answer(&self.newest().await).await
    }

    async fn row(&self) -> raw_answers::RawAnswer {
        let job = self.newest().await;
        let reader = self.engine().store().read().await.unwrap();
        raw_answers::find(&reader, &job).await.unwrap().unwrap()
    }

    async fn put(&self, row: raw_answers::RawAnswer) {
        let write = self.engine().store().write(async move |tx| raw_answers::store(tx, &row).await);
        write.await.unwrap();
    }

    async fn ledger(&self) -> Ledger {
        let (user, member) = (&self.caller.user, &self.member);
        let reader = self.engine().store().read().await.unwrap();
        let filter = HoldingFilter { member: Some(member), ..HoldingFilter::default() };
        Ledger {
            member: members::find(&reader, user, member).await.unwrap().unwrap(),
            accounts: accounts::of_member(&reader, user, member).await.unwrap(),
            transactions: transactions::of_member(&reader, user, member).await.unwrap(),
            holdings: holdings::list(&reader, user, &filter).await.unwrap(),
            owners: account_owners::of_member(&reader, user, member).await.unwrap(),
        }
    }

    /// How many webhooks of each kind were told to an endpoint.
    async fn told(&self, endpoint: &WebhookEndpointGuid) -> Vec<EventKind> {
        let told = self.engine().webhook_log(endpoint, 100).await.unwrap();
        told.iter().map(|one| one.kind).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newest_answer_imported_again_changes_nothing_and_tells_nothing() {
    for backend in BACKENDS {
        let life = Life::at("riverbank_test", backend).await;
        // Both at one moment: which is newer, no clock tells.
        life.aggregate().await;
        let sink = WebhookSink::start().await.unwrap();
        let endpoint = life.bench.endpoint("acme", &sink.url(), "every").await;
        let before = life.ledger().await;
        assert!(before.transactions.len() > 800 && !before.holdings.is_empty());
        let kept = life.answers().await;
        let [older, newest] = kept.as_slice() else { panic!("{kept:?}") };
        assert_eq!(Some(&newest.job_guid), before.member.most_recent_job_guid.as_ref());
        for seconds in [0, 3600, 5 * 86_400] {
            life.bench.advance(seconds);
            assert_eq!(life.engine().reimport_raw_answer(&newest.job_guid).await.unwrap(), NOTHING);
            assert_eq!(life.ledger().await, before);
        }
        assert_eq!(life.told(&endpoint).await, []);
        let refused = life.engine().reimport_raw_answer(&older.job_guid).await.unwrap_err();
        assert!(matches!(refused, RawAnswerError::NotTheNewest(job) if job == newest.job_guid));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_stand_in_the_ledger_as_it_was_told_is_put_right_and_told() {
    for backend in BACKENDS {
        let life = Life::at("riverbank_test", backend).await;
        life.aggregate().await;
        let before = life.ledger().await;
        // As if an earlier version had read it otherwise.
        let mut account = before.accounts[0].clone();
        account.feed = account.feed.replacen("\"name\":\"", "\"name\":\"misread ", 1);
        let row = Transaction { feed_memo: Some("misread".to_owned()), ..before.transactions[0].clone() };
        let mut holding = before.holdings[0].clone();
        holding.feed = holding.feed.replacen("\"description\":\"", "\"description\":\"misread ", 1);
        assert!(account != before.accounts[0] && holding != before.holdings[0]);
        let write = life.engine().store().write(async move |tx| {
            accounts::store(tx, &account).await?;
            holdings::store(tx, &holding).await?;
            transactions::store(tx, &[row]).await
        });
        write.await.unwrap();
        let sink = WebhookSink::start().await.unwrap();
        let endpoint = life.bench.endpoint("acme", &sink.url(), "every").await;
        let changed = life.reimport().await.unwrap();
        assert_eq!(changed, Reimported { accounts: 1, transactions: 1, holdings: 1 });
        let after = life.ledger().await;
        let feeds = |ledger: &Ledger| {
            let accounts = ledger.accounts.iter().map(|row| row.feed.clone());
            let holdings = ledger.holdings.iter().map(|row| row.feed.clone());
            let memos = ledger.transactions.iter().map(|row| row.feed_memo.clone().unwrap_or_default());
            accounts.chain(holdings).chain(memos).collect::<Vec<_>>()
        };
        assert_eq!(feeds(&after), feeds(&before));
        let mut told = life.told(&endpoint).await;
        told.sort_by_key(|kind| kind.name());
        assert_eq!(told, [EventKind::Account, EventKind::Holding, EventKind::Transaction]);
        assert_eq!(life.reimport().await.unwrap(), NOTHING);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_users_wrote_and_merged_stays_as_a_feed_leaves_it() {
    for backend in BACKENDS {
        let life = Life::at("riverbank_test", backend).await;
        let (engine, caller) = (life.engine(), &life.caller);
        let before = life.ledger().await;
        let [named, stays, goes, ..] = before.accounts.as_slice() else { panic!("too few accounts") };
        let mut given = AccountChanges::default();
        given.given.name = Some("Mine".to_owned());
        let change = UpdateAccount { fields: given, skip_webhook: false };
        engine.update_account(caller, &named.guid, change).await.unwrap();
        let written = before.transactions.iter().find(|row| row.account_guid == named.guid).unwrap();
        let change =
            UpdateTransaction { description: Some("Mine".to_owned()), ..UpdateTransaction::default() };
        engine.update_transaction(caller, &written.guid, change).await.unwrap();
        let both = [stays.guid.to_string(), goes.guid.to_string()];
        engine.merge_accounts(caller, &both).await.unwrap();
        let after = life.ledger().await;
        assert_eq!(after.accounts.len() + 1, before.accounts.len());
        assert_eq!(life.reimport().await.unwrap(), NOTHING);
        assert_eq!(life.ledger().await, after);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_kept_of_what_is_blocked() {
    for backend in BACKENDS {
        let life = Life::at("mxbank", backend).await;
        let job = life.newest().await;
        let account = life.ledger().await.accounts.swap_remove(0).guid;
        life.engine().block_account(&life.caller, &account, false).await.unwrap();
        assert_eq!(life.answers().await, []);
        let refused = life.engine().reimport_raw_answer(&job).await.unwrap_err();
        assert!(matches!(refused, RawAnswerError::NoSuchAnswer(_)));
        life.bench.advance(86_400);
        life.aggregate().await;
        assert_eq!(life.answers().await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_and_numbers_that_are_missing_are_found_again() {
    for backend in BACKENDS {
        let life = Life::at("riverbank_test", backend).await;
        let (engine, caller) = (life.engine(), &life.caller);
        engine.identify_member(caller, &life.member, false).await.unwrap();
        life.bench.run_jobs().await;
        let before = life.ledger().await;
        assert_eq!((before.owners.len(), life.reimport().await.unwrap()), (7, NOTHING));
        assert_eq!(life.ledger().await, before);
        let (user, member) = (caller.user.clone(), life.member.clone());
        let write = engine.store().write(async move |tx| account_owners::forget(tx, &user, &member).await);
        write.await.unwrap();
        life.reimport().await.unwrap();
        let owners = life.ledger().await.owners;
        let told = |owners: &[AccountOwner]| owners.iter().map(|row| row.told.clone()).collect::<Vec<_>>();
        assert_eq!(told(&owners), told(&before.owners));
        engine.identify_member(caller, &life.member, false).await.unwrap();
        life.bench.run_jobs().await;
        assert_eq!(life.ledger().await.owners, owners);

        engine.verify_member(caller, &life.member, false).await.unwrap();
        life.bench.run_jobs().await;
        let numbers = async || {
            let reader = engine.store().read().await.unwrap();
            account_numbers::of_member(&reader, &caller.user, &life.member).await.unwrap()
        };
        let found = numbers().await;
        life.reimport().await.unwrap();
        assert_eq!((found.len(), numbers().await), (3, found));
        let kinds: Vec<_> = life.answers().await.iter().map(|line| line.kind).collect();
        let identification = JobKind::Identification;
        assert_eq!(kinds, [JobKind::Aggregation, identification, identification, JobKind::Verification]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_shown_as_it_came_and_lies_sealed() {
    let life = Life::at("mxbank", Backend::Sqlite).await;
    let kept = life.answers().await.swap_remove(0);
    let shown = life.engine().show_raw_answer(&kept.job_guid).await.unwrap();
    assert_eq!(i64::try_from(shown.len()).unwrap(), kept.size);
    let text = String::from_utf8(shown).unwrap();
    assert!(text.contains("\"MX Bank Checking\""));
    let sealed = life.row().await.answer;
    assert!(sealed.len() * 4 < text.len(), "{} of {}", sealed.len(), text.len());
    assert!(!sealed.windows(8).any(|window| window == b"Checking"));
    let stranger = life.bench.session("acme", "v").await.caller;
    assert_eq!(life.engine().list_raw_answers(&stranger.user).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_answer_is_refused_in_words() {
    for backend in BACKENDS {
        let life = Life::at("mxbank", backend).await;
        let before = life.ledger().await;
        let row = life.row().await;
        let place = Place::RawAnswer(&row.user_guid, &row.job_guid);
        let mut flipped = row.answer.clone();
        *flipped.last_mut().unwrap() ^= 1;
        let of_nothing = life.engine().seal(&place, b"").unwrap();
        let no_feed = packed::pack(&RawAnswer { body: b"{}".to_vec(), context: Vec::new() }).unwrap();
        let no_feed = life.engine().seal(&place, &no_feed).unwrap();
        for (answer, why) in [
            (flipped, "changed"),
            (row.answer[..20].to_vec(), "changed"),
            (Vec::new(), "changed"),
            (of_nothing, "does not unpack"),
            (no_feed, "missing field"),
        ] {
            life.put(raw_answers::RawAnswer { answer, ..row.clone() }).await;
            let refused = life.reimport().await.unwrap_err();
            assert!(matches!(refused, RawAnswerError::Unreadable(_)), "{refused:?}");
            let text = refused.to_string();
            assert!(text.starts_with("the raw answer cannot be read: ") && text.contains(why), "{text}");
        }
        assert_eq!(life.ledger().await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_go_after_their_time_and_with_their_member_and_user() {
    for backend in BACKENDS {
        let life = Life::at("mxbank", backend).await;
        life.bench.advance(7 * 86_400 - 60);
        life.bench.sweep().await;
        assert_eq!(life.answers().await.len(), 1);
        life.bench.advance(2 * 3600);
        life.bench.sweep().await;
        assert_eq!(life.answers().await, []);
        life.aggregate().await;
        let job = life.newest().await;
        life.engine().delete_member(&life.caller, &life.member, DeleteMember::default()).await.unwrap();
        assert_eq!(life.answers().await, []);
        let gone = life.engine().reimport_raw_answer(&job).await.unwrap_err();
        assert!(matches!(gone, RawAnswerError::NoSuchAnswer(_)));

        life.bench.mx_bank_member(&life.caller, "any").await;
        life.bench.run_jobs().await;
        assert_eq!(life.answers().await.len(), 1);
        let partner = life.bench.partner("acme").await;
        life.engine().delete_user(&partner, "u", false).await.unwrap();
        assert_eq!(life.answers().await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_imported_again_while_a_job_runs_or_once_a_newer_answer_is_there() {
    for backend in BACKENDS {
        let life = Life::at("mxbank", backend).await;
        let account =
            FeedAccount::new("new".to_owned(), AccountFacts::new(AccountType::Checking, "New".to_owned()));
        let (row, feed) = (life.row().await, Feed { accounts: vec![account] });
        life.engine().aggregate_member(&life.caller, &life.member, ALL).await.unwrap();
        assert!(matches!(life.reimport().await.unwrap_err(), RawAnswerError::JobRuns));
        // What begins between the look and the import is seen by the import.
        assert_eq!(life.engine().import_again(&row, feed.clone()).await.unwrap(), None);
        life.bench.run_jobs().await;
        assert_eq!(life.engine().import_again(&row, feed.clone()).await.unwrap(), None);
        assert!(life.ledger().await.accounts.iter().all(|account| account.feed_id != "new"));
        let imported = life.engine().import_again(&life.row().await, feed).await.unwrap().unwrap();
        assert_eq!(imported.accounts_created, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn none_is_kept_where_none_is_wanted() {
    let mut bench = Bench::with_test_banks(Backend::Sqlite).await;
    let mut engine = bench.another_node().await;
    std::sync::Arc::get_mut(&mut engine.parts).unwrap().settings.raw_answers = Duration::ZERO;
    bench.engine = engine;
    let life = Life::on(bench, "mxbank").await;
    assert!(!life.ledger().await.transactions.is_empty());
    assert_eq!(life.answers().await, []);
}
