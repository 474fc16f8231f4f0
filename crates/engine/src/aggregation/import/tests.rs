mod ledger;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use riverbank_model::account::AccountType;
use riverbank_model::feed::{AccountFacts, FeedTransaction};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use riverbank_store::accounts::AccountFilter;
use riverbank_store::jobs;
use riverbank_store::page::Page;
use riverbank_store::transactions::{Transaction, TransactionFilter, Window};

use super::*;
use crate::Caller;
use crate::members::DeleteMember;
use crate::testing::{Bench, on_both_engines};
use crate::transactions::UpdateTransaction;

/// A member whose job has just been let in by its bank.
struct Aggregation {
    caller: Caller,
    member: Member,
    job: Job,
}

impl Aggregation {
    async fn begin(bench: &Bench) -> Self {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "u").await.caller;
        let member = bench.mx_bank_member(&caller, "any").await.member;
        let reader = bench.engine.store().read().await.unwrap();
        let job = jobs::find(&reader, &caller.user, member.live_job_guid.as_ref().unwrap()).await.unwrap();
        Self { caller, member, job: job.unwrap() }
    }

    async fn import(&self, bench: &Bench, accounts: &[FeedAccount]) -> Imported {
        let feed = Feed { accounts: accounts.to_vec() };
        bench.engine.import(&self.member, &self.job, feed).await.unwrap()
    }

    async fn accounts(&self, bench: &Bench) -> Vec<Account> {
        let reader = bench.engine.store().read().await.unwrap();
        let list = accounts::list(&reader, &self.caller.user, AccountFilter::default(), Page::ALL).await;
        list.unwrap().0
    }

    /// The transactions of the account with this id at the institution.
    async fn named(&self, bench: &Bench, feed_id: &str) -> Vec<Transaction> {
        let reader = bench.engine.store().read().await.unwrap();
        let found = accounts::find_fed(&reader, &self.caller.user, &self.member.guid, feed_id).await.unwrap();
        transactions::of_account(&reader, &self.caller.user, &found.unwrap().guid).await.unwrap()
    }

    async fn transactions(&self, bench: &Bench) -> Vec<Transaction> {
        let reader = bench.engine.store().read().await.unwrap();
        let ever = Window::Dates(date(1970, 1, 1), date(2100, 1, 1));
        let filter = TransactionFilter::default();
        transactions::page(&reader, &self.caller.user, ever, &filter, Page::ALL).await.unwrap()
    }
}

fn account(id: &str, transactions: Vec<FeedTransaction>) -> FeedAccount {
    let facts = AccountFacts {
        balance: Some("1002.5".parse().unwrap()),
        currency_code: Some("USD".to_owned()),
        ..AccountFacts::new(AccountType::Checking, "Everyday".to_owned())
    };
    let transactions_from = Some(date(2025, 10, 17));
    FeedAccount { transactions, transactions_from, ..FeedAccount::new(id.to_owned(), facts) }
}

fn spent(id: &str, amount: &str, on: Date, status: TransactionStatus) -> FeedTransaction {
    FeedTransaction {
        id: Some(id.to_owned()),
        amount: amount.parse().unwrap(),
        transaction_type: TransactionType::Debit,
        status,
        description: "SQ *BLUE BOTTLE 0423".to_owned(),
        memo: None,
        posted_at: None,
        posted_on: Some(on),
        transacted_at: None,
        transacted_on: None,
        currency_code: None,
        check_number: None,
        kind: None,
        merchant_category_code: None,
        is_international: None,
    }
}

fn posted(id: &str, amount: &str, on: Date) -> FeedTransaction {
    spent(id, amount, on, TransactionStatus::Posted)
}

fn pending(id: &str, amount: &str, on: Date) -> FeedTransaction {
    spent(id, amount, on, TransactionStatus::Pending)
}

const TODAY: Date = date(2026, 1, 15);
const FIRST: Date = date(2025, 12, 1);

on_both_engines! {
    async fn accounts_and_transactions_are_written_with_their_meaning(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let feed = [account("A", vec![posted("1", "4.50", TODAY)]), account("B", Vec::new())];
        let imported = aggregation.import(bench, &feed).await;
        assert_eq!((imported.accounts_created, imported.transactions_created), (2, 1));
        let accounts = aggregation.accounts(bench).await;
        assert_eq!(accounts.iter().map(|account| account.feed_id.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        let [transaction] = &aggregation.transactions(bench).await[..] else { panic!("one transaction") };
        assert_eq!(transaction.account_guid, accounts[0].guid);
        assert_eq!(transaction.description, "Blue Bottle");
        assert_eq!(transaction.matched_by.as_deref(), Some("nothing fits"));
        assert_eq!(transaction.feed_description, "SQ *BLUE BOTTLE 0423");
        assert_eq!(transaction.date, TODAY);
        // The account's, since the transaction tells none.
        assert_eq!(transaction.currency_code.as_deref(), Some("USD"));
    }

    async fn what_comes_again_and_again_is_marked_also_when_the_third_time_makes_it_known(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let monthly = |month: i8| posted(&format!("m{month}"), "9.99", date(2026, month, 4));
        let once = posted("once", "120", date(2026, 1, 9));
        let mut feed = [account("A", vec![monthly(1), once, monthly(2)])];
        feed[0].transactions_from = Some(date(2026, 1, 1));
        aggregation.import(bench, &feed).await;
        let marks = async |bench: &Bench| {
            let rows = aggregation.transactions(bench).await.into_iter();
            rows.map(|row| (row.feed_id.unwrap(), row.is_recurring, row.revision)).collect::<Vec<_>>()
        };
        let is = |id: &str, is_recurring, revision| (id.to_owned(), is_recurring, revision);
        assert_eq!(marks(bench).await, [is("m2", None, 1), is("once", None, 1), is("m1", None, 1)]);
        // The first of them is no longer told.
        feed[0].transactions = vec![monthly(2), monthly(3)];
        feed[0].transactions_from = Some(date(2026, 2, 1));
        let imported = aggregation.import(bench, &feed).await;
        assert_eq!((imported.transactions_created, imported.transactions_updated), (1, 2));
        let found = [is("m3", Some(true), 1), is("m2", Some(true), 2), is("once", None, 1), is("m1", Some(true), 2)];
        assert_eq!(marks(bench).await, found);
        assert_eq!(aggregation.import(bench, &feed).await, Imported::default());
    }

    async fn whatever_is_told_and_written_each_transaction_stands_once(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let mut runner = TestRunner::deterministic();
        for case in 0..8 {
            let fact = (0_i64..30, prop_oneof![Just("4.5"), Just("4.51"), Just("20")]);
            let window = (0_i64..30, 0_i64..30).prop_map(|(one, other)| (one.min(other), one.max(other)));
            let story = (vec(fact, 1..40), vec(window, 1..5), any::<bool>());
            let (facts, windows, new_ids) = story.new_tree(&mut runner).unwrap().current();
            let name = format!("random {case}");
            let mut expected = Vec::new();
            for (visit, (from, to)) in windows.iter().enumerate() {
                let issue = if new_ids { visit } else { 0 };
                let told = facts.iter().enumerate().filter(|(_, (day, _))| (from..=to).contains(&day));
                let rows = told.map(|(number, (day, amount))| {
                    posted(&format!("{issue}-{number}"), amount, FIRST.saturating_add(day.days()))
                });
                let mut told = account(&name, rows.collect());
                told.transactions_from = told.transactions.iter().filter_map(FeedTransaction::date).min();
                aggregation.import(bench, &[told]).await;
                let mine = aggregation.named(bench, &name).await;
                if let Some(row) = mine.get(visit) {
                    let change = UpdateTransaction { description: Some("Mine".into()), ..UpdateTransaction::default() };
                    bench.engine.update_transaction(&aggregation.caller, &row.guid, change).await.unwrap();
                    expected.push(row.guid.clone());
                }
            }
            let is_told = |day: &i64| windows.iter().any(|(from, to)| (from..=to).contains(&day));
            let mut union: Vec<(Date, Money)> = facts
                .iter()
                .filter(|(day, _)| is_told(day))
                .map(|(day, amount)| (FIRST.saturating_add(day.days()), amount.parse().unwrap()))
                .collect();
            let stored = aggregation.named(bench, &name).await;
            let mut found: Vec<(Date, Money)> = stored.iter().map(|row| (row.date, row.amount)).collect();
            union.sort();
            found.sort();
            assert_eq!(found, union, "{facts:?} {windows:?}");
            assert!(stored.iter().all(|row| row.feed_description == "SQ *BLUE BOTTLE 0423"));
            expected.sort();
            expected.dedup();
            let written = stored.iter().filter(|row| expected.contains(&row.guid));
            assert!(written.clone().all(|row| row.description == "Mine"));
            assert_eq!(written.count(), expected.len());
        }
    }

    async fn importing_the_same_again_changes_nothing(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let coffees = vec![posted("1", "4.50", TODAY), posted("2", "4.50", TODAY), pending("3", "7", TODAY)];
        let feed = [account("A", coffees)];
        aggregation.import(bench, &feed).await;
        let before = (aggregation.accounts(bench).await, aggregation.transactions(bench).await);
        bench.advance(3600);
        assert_eq!(aggregation.import(bench, &feed).await, Imported::default());
        assert_eq!((aggregation.accounts(bench).await, aggregation.transactions(bench).await), before);
    }

    async fn a_changed_balance_changes_the_account_alone(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let mut feed = [account("A", vec![posted("1", "4.50", TODAY)])];
        aggregation.import(bench, &feed).await;
        let before = aggregation.accounts(bench).await.remove(0);
        bench.advance(3600);
        feed[0].facts.balance = Some("998".parse().unwrap());
        let imported = aggregation.import(bench, &feed).await;
        assert_eq!(imported, Imported { accounts_updated: 1, ..Imported::default() });
        let after = aggregation.accounts(bench).await.remove(0);
        assert_eq!((&after.guid, after.created_at, after.revision), (&before.guid, before.created_at, 2));
        assert_eq!(after.updated_at, bench.engine.now());
    }

    async fn a_pending_transaction_keeps_its_id_when_it_is_posted_under_another(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        aggregation.import(bench, &[account("A", vec![pending("p1", "20", TODAY)])]).await;
        let before = aggregation.transactions(bench).await.remove(0);
        bench.advance(86400);
        let imported = aggregation.import(bench, &[account("A", vec![posted("77", "20", TODAY)])]).await;
        assert_eq!(imported, Imported { transactions_updated: 1, ..Imported::default() });
        let [after] = &aggregation.transactions(bench).await[..] else { panic!("one transaction") };
        assert_eq!((&after.guid, after.created_at), (&before.guid, before.created_at));
        assert_eq!((after.status, after.feed_id.as_deref()), (TransactionStatus::Posted, Some("77")));
        assert_eq!((after.revision, after.updated_at), (2, bench.engine.now()));
    }

    async fn a_pending_transaction_that_is_no_longer_told_is_gone_and_a_posted_one_stays(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let coffees = vec![posted("1", "4.50", TODAY), pending("2", "7", TODAY)];
        aggregation.import(bench, &[account("A", coffees)]).await;
        let imported = aggregation.import(bench, &[account("A", Vec::new())]).await;
        assert_eq!(imported, Imported { transactions_deleted: 1, ..Imported::default() });
        let left = aggregation.transactions(bench).await;
        assert_eq!(left.iter().map(|row| row.feed_id.as_deref()).collect::<Vec<_>>(), [Some("1")]);
    }

    async fn an_interrupted_import_is_finished_by_the_next_one(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let feed = [
            account("A", vec![posted("1", "4.50", TODAY)]),
            account("B", vec![posted("1", "4.50", TODAY)]),
        ];
        aggregation.import(bench, &feed[..1]).await;
        let first = aggregation.accounts(bench).await.remove(0);
        let imported = aggregation.import(bench, &feed).await;
        assert_eq!((imported.accounts_created, imported.transactions_created), (1, 1));
        assert_eq!(aggregation.accounts(bench).await[0], first);
    }

    async fn a_member_that_is_gone_gets_nothing(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let request = DeleteMember::default();
        let guid = &aggregation.member.guid;
        assert!(bench.engine.delete_member(&aggregation.caller, guid, request).await.unwrap());
        let imported = aggregation.import(bench, &[account("A", vec![posted("1", "4.50", TODAY)])]).await;
        assert_eq!(imported, Imported::default());
        assert!(aggregation.accounts(bench).await.is_empty());
    }

    async fn a_job_that_is_no_longer_the_members_own_writes_nothing(bench: &Bench) {
        let mut aggregation = Aggregation::begin(bench).await;
        aggregation.job.guid = crate::testing::nobodys();
        let imported = aggregation.import(bench, &[account("A", Vec::new())]).await;
        assert_eq!(imported, Imported::default());
        assert!(aggregation.accounts(bench).await.is_empty());
    }

    async fn a_transaction_without_any_day_gets_the_day_of_its_import_and_keeps_it(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let mut dayless = posted("1", "4.50", TODAY);
        dayless.posted_on = None;
        let feed = [account("A", vec![dayless])];
        aggregation.import(bench, &feed).await;
        bench.advance(86400);
        assert_eq!(aggregation.import(bench, &feed).await, Imported::default());
        assert_eq!(aggregation.transactions(bench).await[0].date, TODAY);
    }

    async fn what_no_column_can_hold_is_left_out(bench: &Bench) {
        let aggregation = Aggregation::begin(bench).await;
        let mut odd = posted("1\0", "4.50", TODAY);
        odd.description = "COFFEE\0 SHOP".to_owned();
        odd.posted_at = Some("2026-01-15T08:00:00.123456789Z".parse().unwrap());
        let feed = [account("A\0", vec![odd])];
        assert_eq!(aggregation.import(bench, &feed).await.transactions_created, 1);
        assert_eq!(aggregation.transactions(bench).await[0].feed_description, "COFFEE SHOP");
        assert_eq!(aggregation.import(bench, &feed).await, Imported::default());
    }
}
