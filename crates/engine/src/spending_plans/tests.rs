use jiff::civil::{Date, date};
use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::account::AccountType;
use riverbank_model::given::GivenFacts;
use riverbank_model::guid::{AccountGuid, SpendingPlanGuid};
use riverbank_model::money::Money;
use riverbank_model::spending_plan::ItemType;
use riverbank_model::transaction::TransactionType;
use riverbank_store::page::Page;
use riverbank_testkit::webhook_sink::{Received, WebhookSink};

use super::*;
use crate::accounts::{AccountChanges, CreateAccount};
use crate::testing::{Backend, Bench, Told, on_both_engines};
use crate::transactions::CreateTransaction;

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

async fn account(bench: &Bench, caller: &Caller, account_type: AccountType) -> AccountGuid {
    let given =
        GivenFacts { name: Some("A".into()), account_type: Some(account_type), ..GivenFacts::default() };
    let fields = AccountChanges { given, ..AccountChanges::default() };
    let made = bench.engine.create_account(caller, CreateAccount { fields, skip_webhook: true }).await;
    made.unwrap().account.guid
}

async fn plan(bench: &Bench, caller: &Caller) -> SpendingPlanGuid {
    bench.engine.create_spending_plan(caller).await.unwrap().guid
}

async fn spend(
    bench: &Bench,
    caller: &Caller,
    account: &AccountGuid,
    day: Date,
    amount: &str,
    category: DefaultCategory,
) {
    let request = CreateTransaction {
        amount: money(amount),
        date: day,
        description: "x".into(),
        transaction_type: TransactionType::Debit,
        category_guid: Some(category.guid().to_string()),
        currency_code: None,
        has_been_viewed: false,
        is_hidden: false,
        is_international: None,
        memo: None,
        metadata: None,
        skip_webhook: true,
    };
    bench.engine.create_transaction(caller, account, request).await.unwrap();
}

fn planned(item_type: ItemType, amount: &str, category: Option<DefaultCategory>) -> ItemChanges {
    ItemChanges {
        planned_amount: money(amount),
        item_type: Some(item_type),
        category_guid: category.map(|category| category.guid().to_string()),
        ..ItemChanges::default()
    }
}

async fn months(bench: &Bench, caller: &Caller, plan: &SpendingPlanGuid) -> Vec<(i64, Date, Date)> {
    let list = bench.engine.list_iterations(caller, plan, Page::ALL).await.unwrap().unwrap();
    assert_eq!(usize::try_from(list.total).unwrap(), list.iterations.len());
    list.iterations.iter().map(|one| (one.iteration_number, one.start_on, one.end_on)).collect()
}

async fn turn(bench: &Bench, caller: &Caller, plan: &SpendingPlanGuid) -> String {
    let plan = bench.engine.read_spending_plan(caller, plan).await.unwrap().unwrap();
    plan.next_turn_at.to_string()
}

async fn items(
    bench: &Bench,
    caller: &Caller,
    plan: &SpendingPlanGuid,
) -> Vec<(Option<ItemType>, Money, Money)> {
    let items = bench.engine.list_iteration_items(caller, plan).await.unwrap().unwrap();
    items
        .into_iter()
        .map(|view| (view.item.item_type, view.item.planned_amount, view.actual_amount))
        .collect()
}

on_both_engines! {
    async fn a_month_begins_at_the_users_own_midnight_with_what_is_planned_of_every_month(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        bench.clients().set_time_zone("acme", Some("America/Denver")).await.unwrap();
        bench.set_time("2028-02-01T06:59:59Z".parse().unwrap());
        let plan = plan(bench, &caller).await;
        let january = (1, date(2028, 1, 1), date(2028, 1, 31));
        assert_eq!(months(bench, &caller, &plan).await, [january]);
        assert_eq!(turn(bench, &caller, &plan).await, "2028-02-01T07:00:00Z");
        for item_type in ItemType::ALL {
            let category = (*item_type == ItemType::PlannedExpense).then_some(DefaultCategory::Home);
            bench.engine.create_iteration_item(&caller, &plan, planned(*item_type, "10", category)).await.unwrap();
        }
        bench.sweep().await;
        assert_eq!(months(bench, &caller, &plan).await, [january]);
        bench.advance(1);
        bench.sweep().await;
        let february = (2, date(2028, 2, 1), date(2028, 2, 29));
        assert_eq!(months(bench, &caller, &plan).await, [january, february]);
        let told = items(bench, &caller, &plan).await;
        let kinds: Vec<_> = told.iter().map(|(kind, amount, _)| (kind.unwrap(), *amount)).collect();
        let every_month = [ItemType::RecurringExpense, ItemType::PlannedExpense, ItemType::Income];
        assert_eq!(kinds, every_month.map(|kind| (kind, money("10"))));
        // Clocks are put forward in March: the midnight of April is an hour earlier.
        bench.set_time("2028-04-01T05:59:59Z".parse().unwrap());
        bench.sweep().await;
        assert_eq!(months(bench, &caller, &plan).await[2..], [(3, date(2028, 3, 1), date(2028, 3, 31))]);
        assert_eq!(turn(bench, &caller, &plan).await, "2028-04-01T06:00:00Z");
        bench.set_time("2028-12-15T00:00:00Z".parse().unwrap());
        bench.sweep().await;
        let all = months(bench, &caller, &plan).await;
        assert_eq!((all.len(), all[11]), (12, (12, date(2028, 12, 1), date(2028, 12, 31))));
        assert_eq!(items(bench, &caller, &plan).await.len(), 3);
        assert_eq!(turn(bench, &caller, &plan).await, "2029-01-01T07:00:00Z");
        // Who has moved west is not in the next month yet when the clock was to look.
        bench.clients().set_time_zone("acme", Some("Pacific/Honolulu")).await.unwrap();
        bench.set_time("2029-01-01T07:00:00Z".parse().unwrap());
        bench.sweep().await;
        assert_eq!(months(bench, &caller, &plan).await.len(), 12, "it is December there");
        assert_eq!(turn(bench, &caller, &plan).await, "2029-01-01T10:00:00Z");
    }

    async fn a_plan_is_fed_by_the_accounts_that_money_is_spent_from(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let mut expected = Vec::new();
        for account_type in AccountType::ALL {
            let made = account(bench, &caller, *account_type).await;
            if matches!(account_type, AccountType::Checking | AccountType::CreditCard | AccountType::Cash | AccountType::Prepaid | AccountType::CheckingLineOfCredit) {
                expected.push(made);
            }
        }
        let plan = plan(bench, &caller).await;
        let again = bench.engine.create_spending_plan(&caller).await;
        assert!(matches!(again, Err(CreateSpendingPlanError::OneAlready)));
        account(bench, &caller, AccountType::Savings).await;
        expected.push(account(bench, &caller, AccountType::Checking).await);
        let accounts = bench.engine.list_spending_plan_accounts(&caller, &plan).await.unwrap().unwrap();
        let mut told: Vec<_> = accounts.iter().map(|one| one.account_guid.clone()).collect();
        told.sort();
        expected.sort();
        assert_eq!(told, expected, "those that come later join it");
        let first = &accounts[0];
        let stranger = bench.session("acme", "v").await.caller;
        assert!(bench.engine.list_spending_plan_accounts(&stranger, &plan).await.unwrap().is_none());
        assert!(!bench.engine.delete_spending_plan_account(&stranger, &plan, &first.guid).await.unwrap());
        assert!(bench.engine.delete_spending_plan_account(&caller, &plan, &first.guid).await.unwrap());
        assert!(!bench.engine.delete_spending_plan_account(&caller, &plan, &first.guid).await.unwrap());
        assert!(bench.engine.delete_account(&caller, &accounts[1].account_guid, true).await.is_ok());
        let left = bench.engine.list_spending_plan_accounts(&caller, &plan).await.unwrap().unwrap();
        assert_eq!(left.len(), accounts.len() - 2);
        assert!(!bench.engine.delete_spending_plan(&stranger, &plan).await.unwrap());
        assert!(bench.engine.delete_spending_plan(&caller, &plan).await.unwrap());
        assert_eq!(bench.engine.spending_plan(&caller).await.unwrap(), None);
        bench.engine.create_spending_plan(&caller).await.unwrap();
    }

    async fn what_counts_is_of_this_month_and_of_the_plans_accounts(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let purse = account(bench, &caller, AccountType::Cash).await;
        let savings = account(bench, &caller, AccountType::Savings).await;
        let plan = plan(bench, &caller).await;
        let create = async |changes| bench.engine.create_iteration_item(&caller, &plan, changes).await;
        let food = create(planned(ItemType::PlannedExpense, "50", Some(DefaultCategory::FoodAndDining))).await.unwrap();
        create(planned(ItemType::OtherExpense, "20", None)).await.unwrap();
        assert_eq!(food.item.top_level_category_guid, Some(DefaultCategory::FoodAndDining.guid()));
        for (of, day, amount, category) in [
            (&purse, date(2026, 1, 1), "10.5", DefaultCategory::Groceries),
            (&purse, date(2026, 1, 31), "4", DefaultCategory::FoodAndDining),
            (&purse, date(2026, 2, 1), "1000", DefaultCategory::Groceries),
            (&purse, date(2025, 12, 31), "1000", DefaultCategory::Groceries),
            (&savings, date(2026, 1, 15), "1000", DefaultCategory::Groceries),
            (&purse, date(2026, 1, 15), "7", DefaultCategory::Home),
            (&purse, date(2026, 1, 15), "900", DefaultCategory::Transfer),
        ] {
            spend(bench, &caller, of, day, amount, category).await;
        }
        let told = items(bench, &caller, &plan).await;
        let actual: Vec<_> = told.iter().map(|(.., actual)| *actual).collect();
        assert_eq!(actual, [money("14.5"), money("7")]);
        let read = bench.engine.read_iteration_item(&caller, &plan, &food.item.guid).await.unwrap().unwrap();
        assert_eq!(read.transaction_guids.len(), 2);
        let groceries = DefaultCategory::Groceries.guid();
        let narrower = ItemChanges { category_guid: Some(groceries.to_string()), planned_amount: money("60"), ..ItemChanges::default() };
        bench.advance(60);
        let after = bench.engine.update_iteration_item(&caller, &plan, &food.item.guid, narrower).await.unwrap();
        assert_eq!((after.actual_amount, after.item.planned_amount, after.item.item_type), (money("10.5"), money("60"), Some(ItemType::PlannedExpense)));
        assert_eq!(after.item.updated_at, bench.engine.now());
        for (changes, refused) in [
            (planned(ItemType::Income, "-1", None), InvalidItem::NegativeAmount),
            (ItemChanges { category_guid: Some("CAT-1".into()), ..ItemChanges::default() }, InvalidItem::NoSuchCategory),
            (ItemChanges { top_level_category_guid: Some(groceries.to_string()), ..ItemChanges::default() }, InvalidItem::NotTheTop),
            (
                ItemChanges {
                    category_guid: Some(groceries.to_string()),
                    top_level_category_guid: Some(DefaultCategory::Home.guid().to_string()),
                    ..ItemChanges::default()
                },
                InvalidItem::NotTheTop,
            ),
            (ItemChanges { scheduled_payment_guid: Some("SCH-1".into()), ..ItemChanges::default() }, InvalidItem::NoSuchPayment),
        ] {
            let error = create(changes).await.unwrap_err();
            assert!(matches!(&error, ItemError::Invalid(invalid) if *invalid == refused), "{error}");
        }
        let stranger = bench.session("acme", "v").await.caller;
        let foreign = bench.engine.create_iteration_item(&stranger, &plan, planned(ItemType::Income, "1", None)).await;
        assert!(matches!(foreign, Err(ItemError::NotFound)));
        assert!(!bench.engine.delete_iteration_item(&stranger, &plan, &food.item.guid).await.unwrap());
        assert!(bench.engine.delete_iteration_item(&caller, &plan, &food.item.guid).await.unwrap());
        let told = items(bench, &caller, &plan).await;
        assert_eq!(told[0].2, money("21.5"), "what is planned for no longer is something else");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn accounts_are_imported_while_plans_are_made_and_deleted() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::scripted(backend).await;
        let caller = bench.session("acme", "u").await.caller;
        let bank = Told::by(&bench, &caller, "any", None).await;
        let plans = async {
            for _ in 0..12 {
                let made = plan(&bench, &caller).await;
                assert!(bench.engine.delete_spending_plan(&caller, &made).await.unwrap());
            }
        };
        let imports = async {
            for number in 0..12 {
                bank.tell(&bench, &format!("A{number}"), &[]).await;
            }
        };
        tokio::join!(plans, imports);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_to_a_plan_is_told() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let caller = bench.session("acme", "u").await.caller;
        let sink = WebhookSink::start().await.unwrap();
        bench.endpoint("acme", &sink.url(), "spending_plan").await;
        let plan = plan(&bench, &caller).await;
        bench.set_time("2026-03-01T00:00:00Z".parse().unwrap());
        bench.sweep().await;
        bench.engine.delete_spending_plan(&caller, &plan).await.unwrap();
        bench.deliver().await;
        let told: Vec<_> = sink.received().iter().map(Received::json).collect();
        let heard = told.iter().map(|body| {
            let number = body["spending_plan"]["current_iteration_number"].as_i64().unwrap();
            (body["action"].as_str().unwrap(), number)
        });
        assert_eq!(heard.collect::<Vec<_>>(), [("created", 1), ("updated", 3), ("deleted", 3)]);
        let created = &told[0]["spending_plan"];
        assert_eq!((&created["guid"], &created["user_id"]), (&plan.as_str().into(), &"u".into()));
    }
}
