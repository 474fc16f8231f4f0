use jiff::civil::date;
use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::{Guid, MemberGuid, TransactionGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use riverbank_model::use_case::UseCases;
use riverbank_store::members;
use riverbank_store::transactions::Transaction;

use super::*;
use crate::members::DeleteMember;
use crate::testing::{Backend, Bench, nobodys, on_both_engines};

/// A user with a member at MX Bank, no accounts, and transactions that are written one by one.
struct Ledger<'b> {
    bench: &'b Bench,
    caller: Caller,
    member: MemberGuid,
}

/// The day that every bench starts on.
const TODAY: Date = date(2026, 1, 15);

impl<'b> Ledger<'b> {
    async fn of(bench: &'b Bench, user: &str) -> Self {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", user).await.caller;
        let member = bench.mx_bank_member(&caller, "any").await.member.guid;
        Self { bench, caller, member }
    }

    /// Writes a transaction of account `account` on a day, named by its number.
    async fn write(&self, number: u8, account: u8, on: Date, category: DefaultCategory) {
        let row = self.row(transaction(number), account, on, category);
        self.store(&self.bench.engine, vec![row]).await;
    }

    /// Writes as many transactions of today.
    async fn write_many(&self, count: usize) {
        let row = |n| {
            self.row(TransactionGuid::trusted(format!("TRN-many-{n}")), 1, TODAY, DefaultCategory::Shopping)
        };
        self.store(&self.bench.engine, (0..count).map(row).collect()).await;
    }

    async fn store(&self, node: &Engine, rows: Vec<Transaction>) {
        let write = async move |tx: &riverbank_store::Tx| transactions::store(tx, &rows).await;
        node.store().write(write).await.unwrap();
    }

    fn row(&self, guid: TransactionGuid, account: u8, on: Date, category: DefaultCategory) -> Transaction {
        let now = self.bench.engine.now();
        Transaction {
            user_guid: self.caller.user.clone(),
            guid,
            account_guid: ledger_account(account),
            member_guid: self.member.clone(),
            feed_id: None,
            amount: Money::from_units(10_000),
            transaction_type: TransactionType::Debit,
            status: TransactionStatus::Posted,
            date: on,
            description: String::new(),
            category_guid: category.guid(),
            flags: 0,
            merchant_category_code: None,
            feed_description: String::new(),
            feed_memo: None,
            feed_kind: None,
            check_number: None,
            currency_code: None,
            is_international: None,
            posted_at: None,
            posted_on: None,
            transacted_at: None,
            transacted_on: None,
            merchant_guid: None,
            merchant_location_guid: None,
            is_recurring: None,
            matched_by: None,
            described_by: String::new(),
            categorized_by: String::new(),
            given: 0,
            marks: 0,
            memo: None,
            metadata: None,
            is_hidden: false,
            has_been_split: false,
            parent_guid: None,
            transaction_rule_guid: None,
            merged_from: None,
            revision: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        }
    }

    /// The numbers of the transactions that are listed, and how many there are in all.
    async fn list(&self, request: ListTransactions) -> (Vec<u8>, i64) {
        let list = self.bench.engine.list_transactions(&self.caller, request).await.unwrap();
        let number =
            |view: &TransactionView| (0..=u8::MAX).find(|n| transaction(*n) == view.transaction.guid);
        (list.transactions.iter().map(|view| number(view).unwrap()).collect(), list.total)
    }
}

fn transaction(number: u8) -> TransactionGuid {
    TransactionGuid::trusted(format!("TRN-{number:03}"))
}

fn ledger_account(number: u8) -> AccountGuid {
    AccountGuid::trusted(format!("ACT-{number:03}"))
}

fn everything() -> ListTransactions {
    ListTransactions {
        account: None,
        accounts: None,
        category: None,
        use_case: None,
        rule: None,
        period: Period::Dated(None, None),
        page: Page::new(1, 25),
    }
}

on_both_engines! {
    async fn without_dates_the_window_reaches_from_120_days_back_to_5_days_ahead(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        for (number, days) in [(1, -121), (2, -120), (3, 0), (4, 5), (5, 6)] {
            ledger.write(number, 1, TODAY.saturating_add(Span::new().days(days)), DefaultCategory::Shopping).await;
        }
        assert_eq!(ledger.list(everything()).await, (vec![4, 3, 2], 3));
        let all = Period::Dated(Some(date(2000, 1, 1)), Some(date(2100, 1, 1)));
        assert_eq!(ledger.list(ListTransactions { period: all, ..everything() }).await, (vec![5, 4, 3, 2, 1], 5));
        let none = Period::Dated(Some(TODAY), TODAY.yesterday().ok());
        assert_eq!(ledger.list(ListTransactions { period: none, ..everything() }).await, (vec![], 0));
    }

    async fn the_newest_come_first_and_pages_join_without_gaps(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        for number in 0..35 {
            let on = TODAY.saturating_sub(Span::new().days(i64::from(number / 10)));
            ledger.write(number, 1, on, DefaultCategory::Shopping).await;
        }
        let page = |number| ListTransactions { page: Page::new(number, 10), ..everything() };
        let mut pages = Vec::new();
        for number in 1..=4 {
            let (rows, total) = ledger.list(page(number)).await;
            assert_eq!(total, 35);
            pages.extend(rows);
        }
        assert_eq!(pages, (0..35).collect::<Vec<_>>());
        assert_eq!(ledger.list(page(5)).await, (vec![], 35));
    }

    async fn accounts_narrow_a_list_whether_they_exist_or_not(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        for (number, account) in [(1, 1), (2, 2), (3, 3)] {
            ledger.write(number, account, TODAY, DefaultCategory::Shopping).await;
        }
        let of = |accounts: &[u8]| ListTransactions {
            accounts: Some(accounts.iter().copied().map(ledger_account).collect()),
            ..everything()
        };
        assert_eq!(ledger.list(of(&[2])).await, (vec![2], 1));
        assert_eq!(ledger.list(of(&[1, 3, 9])).await, (vec![1, 3], 2));
        assert_eq!(ledger.list(of(&[])).await, (vec![], 0));
    }

    async fn the_path_names_an_account_that_exists_and_is_the_callers(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        ledger.write(1, 1, TODAY, DefaultCategory::Shopping).await;
        let request = ListTransactions { account: Some(ledger_account(1)), ..everything() };
        let listed = bench.engine.list_transactions(&ledger.caller, request).await;
        assert!(matches!(listed, Err(ListTransactionsError::NoSuchAccount)));
    }

    async fn a_category_stands_alone_or_for_its_branch(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        let below = DefaultCategory::ALL.iter().find(|one| one.parent() == Some(DefaultCategory::Shopping)).unwrap();
        ledger.write(1, 1, TODAY, DefaultCategory::Shopping).await;
        ledger.write(2, 1, TODAY, *below).await;
        ledger.write(3, 1, TODAY, DefaultCategory::Income).await;
        let by = |category| ListTransactions { category: Some(category), ..everything() };
        assert_eq!(ledger.list(by(Category::Alone(DefaultCategory::Shopping.guid()))).await, (vec![1], 1));
        assert_eq!(ledger.list(by(Category::Branch(DefaultCategory::Shopping.guid()))).await, (vec![1, 2], 2));
        assert_eq!(ledger.list(by(Category::Branch(below.guid()))).await, (vec![2], 1));
        let unknown = by(Category::Alone(nobodys()));
        let listed = bench.engine.list_transactions(&ledger.caller, unknown).await;
        assert!(matches!(listed, Err(ListTransactionsError::NoSuchCategory)));
    }

    async fn days_of_creation_and_of_change_are_whole_days_in_utc(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        // From noon to the last second of the day, and to the first of the next one.
        ledger.write(1, 1, TODAY, DefaultCategory::Shopping).await;
        bench.advance(12 * 3600 - 1);
        ledger.write(2, 1, TODAY, DefaultCategory::Shopping).await;
        bench.advance(1);
        ledger.write(3, 1, TODAY, DefaultCategory::Shopping).await;
        ledger.write(1, 1, TODAY, DefaultCategory::Shopping).await;
        let tomorrow = TODAY.tomorrow().unwrap();
        let within = |period| ListTransactions { period, ..everything() };
        assert_eq!(ledger.list(within(Period::Created(TODAY, TODAY))).await, (vec![1, 2], 2));
        assert_eq!(ledger.list(within(Period::Created(tomorrow, tomorrow))).await, (vec![3], 1));
        assert_eq!(ledger.list(within(Period::Updated(TODAY, TODAY))).await, (vec![2], 1));
        assert_eq!(ledger.list(within(Period::Updated(TODAY, tomorrow))).await, (vec![1, 2, 3], 3));
        assert_eq!(ledger.list(within(Period::Created(tomorrow, TODAY))).await, (vec![], 0));
        let ever = Period::Created(Date::MIN, Date::MAX);
        assert_eq!(ledger.list(within(ever)).await, (vec![1, 2, 3], 3));
    }

    async fn a_use_case_is_that_of_the_member(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        ledger.write(1, 1, TODAY, DefaultCategory::Shopping).await;
        let of = |case| ListTransactions { use_case: Some(case), ..everything() };
        assert_eq!(ledger.list(of(UseCase::Pfm)).await, (vec![1], 1));
        assert_eq!(ledger.list(of(UseCase::MoneyMovement)).await, (vec![], 0));
        let (user, guid) = (ledger.caller.user.clone(), ledger.member.clone());
        let change = async move |tx: &riverbank_store::Tx| {
            let mut member = members::lock(tx, &user, &guid).await?.unwrap();
            member.use_cases = UseCases::from_iter(UseCase::ALL);
            members::save(tx, &member).await
        };
        bench.engine.store().write(change).await.unwrap();
        assert_eq!(ledger.list(of(UseCase::MoneyMovement)).await, (vec![1], 1));
    }

    async fn the_total_of_a_long_list_is_kept_until_something_changes_on_any_node(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        let other_node = bench.another_node().await;
        ledger.write_many(1500).await;
        let total =
            async |request| bench.engine.list_transactions(&ledger.caller, request).await.unwrap().total;
        let of_account = |number| ListTransactions {
            accounts: Some(vec![ledger_account(number)]),
            ..everything()
        };
        for _ in 0..2 {
            assert_eq!(total(everything()).await, 1500);
            assert_eq!(total(of_account(1)).await, 1500);
            assert_eq!(total(of_account(2)).await, 0);
        }
        assert_eq!(bench.engine.totals.len(), 2, "both long lists, and not the short one");
        let row = ledger.row(transaction(1), 2, TODAY, DefaultCategory::Shopping);
        ledger.store(&other_node, vec![row]).await;
        assert_eq!(total(everything()).await, 1501);
        assert_eq!(total(of_account(1)).await, 1500);
        assert_eq!(total(of_account(2)).await, 1);
        assert_eq!(bench.engine.totals.len(), 2, "each list once");
    }

    async fn a_rule_that_is_none_has_touched_nothing(bench: &Bench) {
        let ledger = Ledger::of(bench, "u").await;
        ledger.write(1, 1, TODAY, DefaultCategory::Shopping).await;
        let touched = ListTransactions { rule: Some("TXR-1".to_owned()), ..everything() };
        assert_eq!(ledger.list(touched).await, (vec![], 0));
    }

    async fn another_users_transactions_are_neither_listed_nor_read(bench: &Bench) {
        let (ledger, other) = (Ledger::of(bench, "u").await, Ledger::of(bench, "v").await);
        ledger.write(1, 1, TODAY, DefaultCategory::Shopping).await;
        assert_eq!(other.list(everything()).await, (vec![], 0));
        let engine = &bench.engine;
        assert!(engine.read_transaction(&other.caller, &transaction(1)).await.unwrap().is_none());
        assert!(engine.read_transaction(&ledger.caller, &transaction(1)).await.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_deleted_member_brought_in_is_gone() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::with_test_banks(backend).await;
        let engine = &bench.engine;
        let caller = bench.session("acme", "u").await.caller;
        let member = bench.mx_bank_member(&caller, "any").await.member.guid;
        bench.run_jobs().await;
        let listed = engine.list_transactions(&caller, everything()).await.unwrap();
        assert!(listed.total > 100, "{} transactions", listed.total);
        let transaction = &listed.transactions[0].transaction;
        let account = &transaction.account_guid;
        assert!(engine.delete_member(&caller, &member, DeleteMember::default()).await.unwrap());
        assert_eq!(engine.list_transactions(&caller, everything()).await.unwrap().total, 0);
        assert!(engine.read_transaction(&caller, &transaction.guid).await.unwrap().is_none());
        assert!(engine.read_account(&caller, account).await.unwrap().is_none());
        let of_account = ListTransactions { account: Some(account.clone()), ..everything() };
        let listed = engine.list_transactions(&caller, of_account).await;
        assert!(matches!(listed, Err(ListTransactionsError::NoSuchAccount)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_in_the_path_and_a_list_of_accounts_both_narrow() {
    let bench = Bench::with_test_banks(Backend::Sqlite).await;
    let caller = bench.session("acme", "u").await.caller;
    bench.mx_bank_member(&caller, "any").await;
    bench.run_jobs().await;
    let total = async |request| bench.engine.list_transactions(&caller, request).await.unwrap().total;
    let listed = bench.engine.list_transactions(&caller, everything()).await.unwrap();
    let one = listed.transactions[0].transaction.account_guid.clone();
    let alone = total(ListTransactions { account: Some(one.clone()), ..everything() }).await;
    assert!((1..listed.total).contains(&alone), "{alone}");
    let both =
        |several| ListTransactions { account: Some(one.clone()), accounts: Some(several), ..everything() };
    assert_eq!(total(both(vec![nobodys(), one.clone()])).await, alone);
    assert_eq!(total(both(vec![nobodys()])).await, 0);
}
