use jiff::civil::{Date, date};
use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::account::AccountType;
use riverbank_model::given::GivenFacts;
use riverbank_model::guid::{AccountGuid, BudgetGuid, CategoryGuid};
use riverbank_model::transaction::TransactionType;
use riverbank_testkit::webhook_sink::{Received, WebhookSink};

use super::*;
use crate::accounts::{AccountChanges, CreateAccount, UpdateAccount};
use crate::categories::CreateCategory;
use crate::testing::{Backend, Bench, nobodys, on_both_engines};
use crate::transactions::{CreateTransaction, Part, Split, UpdateTransaction};

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

/// A user with an account made by hand, on 2026-04-10.
struct Purse<'a> {
    bench: &'a Bench,
    caller: Caller,
    account: AccountGuid,
}

impl<'a> Purse<'a> {
    async fn new(bench: &'a Bench) -> Self {
        bench.set_time("2026-04-10T12:00:00Z".parse().unwrap());
        let caller = bench.session("acme", "u").await.caller;
        let given = GivenFacts {
            name: Some("Purse".into()),
            account_type: Some(AccountType::Cash),
            ..GivenFacts::default()
        };
        let fields = AccountChanges { given, ..AccountChanges::default() };
        let made = bench.engine.create_account(&caller, CreateAccount { fields, skip_webhook: true }).await;
        Self { bench, caller, account: made.unwrap().account.guid }
    }

    async fn moved(&self, request: CreateTransaction) {
        self.bench.engine.create_transaction(&self.caller, &self.account, request).await.unwrap();
    }

    async fn spend(&self, day: Date, amount: &str, category: &CategoryGuid) {
        self.moved(spent(day, amount, category)).await;
    }

    async fn budget(&self, category: &CategoryGuid, amount: &str) -> Result<BudgetView, CreateBudgetError> {
        let request = CreateBudget {
            category_guid: category.to_string(),
            amount: money(amount),
            ..CreateBudget::default()
        };
        self.bench.engine.create_budget(&self.caller, request).await
    }

    async fn amount(&self, guid: &BudgetGuid, amount: &str) -> Result<BudgetView, UpdateBudgetError> {
        let request = UpdateBudget { amount: Some(money(amount)), ..UpdateBudget::default() };
        self.bench.engine.update_budget(&self.caller, guid, request).await
    }

    async fn list(&self) -> Vec<BudgetView> {
        self.bench.engine.list_budgets(&self.caller).await.unwrap()
    }
}

fn spent(day: Date, amount: &str, category: &CategoryGuid) -> CreateTransaction {
    CreateTransaction {
        amount: money(amount),
        date: day,
        description: "x".into(),
        transaction_type: TransactionType::Debit,
        category_guid: Some(category.to_string()),
        currency_code: None,
        has_been_viewed: false,
        is_hidden: false,
        is_international: None,
        memo: None,
        metadata: None,
        skip_webhook: true,
    }
}

on_both_engines! {
    async fn what_counts_is_this_months_branch_less_what_came_back_without_what_is_hidden(bench: &Bench) {
        let purse = Purse::new(bench).await;
        let (food, groceries) = (DefaultCategory::FoodAndDining.guid(), DefaultCategory::Groceries.guid());
        for (day, amount, category) in [
            (date(2026, 3, 31), "61", &food),
            (date(2026, 4, 1), "10.5", &groceries),
            (date(2026, 4, 30), "4", &food),
            (date(2026, 5, 1), "1000", &food),
            (date(2026, 4, 5), "7", &DefaultCategory::Education.guid()),
        ] {
            purse.spend(day, amount, category).await;
        }
        let back = spent(date(2026, 4, 6), "2", &groceries);
        purse.moved(CreateTransaction { transaction_type: TransactionType::Credit, ..back }).await;
        purse.moved(CreateTransaction { is_hidden: true, ..spent(date(2026, 4, 6), "50", &food) }).await;
        let made = purse.budget(&food, "12").await.unwrap();
        assert_eq!((made.name.as_deref(), made.transaction_total), (Some("Food & Dining"), money("12.5")));
        // 61 in the 59 days of February and March, and 20 days left: 12.5 + 20 x 61 / 59.
        assert_eq!(made.projected_spending, money("33.18"));
        assert!(made.is_exceeded() && made.is_off_track());
        let below = purse.budget(&groceries, "12").await.unwrap();
        assert_eq!((&below.budget.parent_guid, below.transaction_total), (&Some(made.budget.guid.clone()), money("8.5")));
        assert!(!below.is_exceeded());
        assert_eq!(purse.list().await, [made, below]);
    }

    async fn sums_that_are_kept_are_those_that_are_made_anew_after_every_change(bench: &Bench) {
        let purse = Purse::new(bench).await;
        let (engine, caller) = (&bench.engine, &purse.caller);
        let agree = async |step: &str, expected: &str| {
            let reader = engine.store().read().await.unwrap();
            let kept = Spending::kept(engine, &reader, &caller.user).await.unwrap();
            let anew = Spending::read(&reader, &caller.user, engine.now()).await.unwrap();
            assert_eq!(kept, anew, "{step}");
            let food = kept.spent(&DefaultCategory::FoodAndDining.guid(), 0).unwrap_or_default();
            assert_eq!(food, money(expected), "{step}");
        };
        let (food, home) = (DefaultCategory::FoodAndDining.guid(), DefaultCategory::Home.guid());
        agree("nothing", "0").await;
        purse.spend(date(2026, 4, 1), "10", &food).await;
        purse.spend(date(2026, 3, 1), "6", &home).await;
        agree("two transactions", "10").await;
        let made = engine.create_transaction(caller, &purse.account, spent(date(2026, 4, 2), "3", &home)).await;
        let made = made.unwrap().transaction.guid;
        let change = async |request: UpdateTransaction| {
            engine.update_transaction(caller, &made, request).await.unwrap();
        };
        change(UpdateTransaction { category_guid: Some(food.to_string()), ..UpdateTransaction::default() }).await;
        agree("another category", "13").await;
        change(UpdateTransaction { is_hidden: Some(true), ..UpdateTransaction::default() }).await;
        agree("hidden", "10").await;
        change(UpdateTransaction { is_hidden: Some(false), ..UpdateTransaction::default() }).await;
        let hide = async |is_hidden| {
            let fields = AccountChanges { is_hidden: Some(is_hidden), ..AccountChanges::default() };
            let request = UpdateAccount { fields, skip_webhook: true };
            engine.update_account(caller, &purse.account, request).await.unwrap();
        };
        hide(true).await;
        agree("a hidden account", "0").await;
        hide(false).await;
        engine.delete_transaction(caller, &made, true).await.unwrap();
        agree("a deleted transaction", "10").await;
        bench.set_time("2026-05-01T00:00:00Z".parse().unwrap());
        agree("the next month", "0").await;
    }

    async fn of_a_split_the_parts_count(bench: &Bench) {
        let purse = Purse::new(bench).await;
        let (food, home) = (DefaultCategory::FoodAndDining.guid(), DefaultCategory::Home.guid());
        let whole = spent(date(2026, 4, 2), "10", &food);
        let engine = &bench.engine;
        let whole = engine.create_transaction(&purse.caller, &purse.account, whole).await.unwrap();
        let part = |amount: &str, category: &CategoryGuid| Part {
            amount: money(amount),
            category_guid: Some(category.to_string()),
            description: None,
            memo: None,
        };
        let split = Split::Parts(vec![part("6", &food), part("4", &home)]);
        engine.split_transaction(&purse.caller, &whole.transaction.guid, split).await.unwrap();
        assert_eq!(purse.budget(&food, "1").await.unwrap().transaction_total, money("6"));
        assert_eq!(purse.budget(&home, "1").await.unwrap().transaction_total, money("4"));
    }

    async fn a_budget_is_one_of_its_category_and_those_below_fit_into_it(bench: &Bench) {
        let purse = Purse::new(bench).await;
        let food = DefaultCategory::FoodAndDining.guid();
        let (groceries, fast_food) = (DefaultCategory::Groceries.guid(), DefaultCategory::FastFood.guid());
        assert!(matches!(purse.budget(&groceries, "1").await, Err(CreateBudgetError::NoParent)));
        let parent = purse.budget(&food, "10").await.unwrap().budget;
        assert!(matches!(purse.budget(&food, "10").await, Err(CreateBudgetError::CategoryTaken)));
        assert!(matches!(purse.budget(&groceries, "10.01").await, Err(CreateBudgetError::ExceedsParent)));
        assert!(matches!(purse.budget(&groceries, "-1").await, Err(CreateBudgetError::NegativeAmount)));
        assert!(matches!(purse.budget(&nobodys(), "1").await, Err(CreateBudgetError::NoSuchCategory)));
        let child = purse.budget(&groceries, "6").await.unwrap().budget;
        assert!(matches!(purse.budget(&fast_food, "4.01").await, Err(CreateBudgetError::ExceedsParent)));
        purse.budget(&fast_food, "4").await.unwrap();
        assert!(matches!(purse.amount(&child.guid, "6.01").await, Err(UpdateBudgetError::ExceedsParent)));
        assert!(matches!(purse.amount(&parent.guid, "9.99").await, Err(UpdateBudgetError::ExceedsParent)));
        assert!(matches!(purse.amount(&parent.guid, "-1").await, Err(UpdateBudgetError::NegativeAmount)));
        bench.advance(60);
        let raised = purse.amount(&parent.guid, "20").await.unwrap().budget;
        assert_eq!((raised.amount, raised.revision, raised.updated_at), (money("20"), 2, bench.engine.now()));
        assert_eq!(purse.amount(&parent.guid, "20").await.unwrap().budget.revision, 2, "no change");
        for (category, parent_guid) in [(&food, &parent.guid), (&DefaultCategory::Gas.guid(), &parent.guid)] {
            let request = CreateBudget {
                category_guid: category.to_string(),
                parent_guid: Some(parent_guid.to_string()),
                ..CreateBudget::default()
            };
            let refused = bench.engine.create_budget(&purse.caller, request).await;
            let is_refused = matches!(refused, Err(CreateBudgetError::ParentOfTheTop | CreateBudgetError::NoParent));
            assert!(is_refused, "{category}");
        }
        let stranger = bench.session("acme", "v").await.caller;
        assert_eq!(bench.engine.read_budget(&stranger, &parent.guid).await.unwrap(), None);
        assert!(!bench.engine.delete_budget(&stranger, &parent.guid, false).await.unwrap());
        assert!(bench.engine.delete_budget(&purse.caller, &parent.guid, false).await.unwrap());
        assert_eq!(purse.list().await, [], "what is below goes along");
    }

    async fn budgets_are_generated_of_two_months_and_again_without_a_change(bench: &Bench) {
        let purse = Purse::new(bench).await;
        let (food, groceries) = (DefaultCategory::FoodAndDining.guid(), DefaultCategory::Groceries.guid());
        let generate = async || bench.engine.generate_budgets(&purse.caller).await;
        purse.spend(date(2026, 3, 1), "5", &DefaultCategory::Home.guid()).await;
        purse.spend(date(2026, 3, 31), "5", &DefaultCategory::Home.guid()).await;
        purse.spend(date(2026, 2, 1), "5", &DefaultCategory::Transfer.guid()).await;
        purse.spend(date(2026, 3, 1), "5", &DefaultCategory::Transfer.guid()).await;
        assert!(matches!(generate().await, Err(GenerateBudgetsError::NotEnoughTransactions)));
        purse.spend(date(2026, 2, 1), "100", &groceries).await;
        purse.spend(date(2026, 3, 31), "50.01", &food).await;
        let (income, pay) = (DefaultCategory::Income.guid(), DefaultCategory::Paycheck.guid());
        for day in [date(2026, 2, 28), date(2026, 3, 1)] {
            let earned = CreateTransaction { transaction_type: TransactionType::Credit, ..spent(day, "2000", &pay) };
            purse.moved(earned).await;
        }
        let made = generate().await.unwrap();
        let told = |views: &[BudgetView]| {
            views.iter().map(|one| (one.budget.category_guid.clone(), one.budget.amount)).collect::<Vec<_>>()
        };
        // Half a cent is rounded up.
        assert_eq!(told(&made), [(food.clone(), money("75.01")), (income.clone(), money("2000"))]);
        bench.advance(60);
        assert_eq!(generate().await.unwrap(), made);
        purse.budget(&groceries, "70").await.unwrap();
        let parent = &made[0].budget.guid;
        purse.amount(parent, "500").await.unwrap();
        let again = generate().await.unwrap();
        assert_eq!((again[0].budget.amount, again[0].budget.revision, again.len()), (money("75.01"), 3, 3));
        purse.amount(parent, "500").await.unwrap();
        purse.amount(&again[2].budget.guid, "90").await.unwrap();
        assert_eq!(generate().await.unwrap()[0].budget.amount, money("90"), "not below its own");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_to_budgets_is_told() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let purse = Purse::new(&bench).await;
        let sink = WebhookSink::start().await.unwrap();
        bench.endpoint("acme", &sink.url(), "budget").await;
        let education = DefaultCategory::Education.guid();
        let own = CreateCategory {
            name: "Chess".into(),
            parent_guid: education.to_string(),
            ..CreateCategory::default()
        };
        let own = bench.engine.create_category(&purse.caller, own).await.unwrap().guid;
        let parent = purse.budget(&education, "10").await.unwrap().budget.guid;
        purse.budget(&own, "4").await.unwrap();
        purse.amount(&parent, "12").await.unwrap();
        bench.engine.delete_category(&purse.caller, &own, false).await.unwrap();
        bench.engine.delete_budget(&purse.caller, &parent, true).await.unwrap();
        bench.deliver().await;
        let told: Vec<_> = sink.received().iter().map(Received::json).collect();
        let heard = told
            .iter()
            .map(|body| (body["action"].as_str().unwrap(), body["budget"]["name"].as_str().unwrap()));
        assert_eq!(
            heard.collect::<Vec<_>>(),
            [("created", "Education"), ("created", "Chess"), ("updated", "Education"), ("deleted", "Chess")]
        );
        let updated = &told[2]["budget"];
        assert_eq!((&updated["amount"], &updated["projected_spending"]), (&12.into(), &"0".into()));
        assert_eq!((&updated["client_id"], &updated["user_id"]), (&"acme".into(), &"u".into()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_equal_creations_one_makes_a_budget() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let purse = Purse::new(&bench).await;
        let category = DefaultCategory::Home.guid();
        let all = (0..20).map(|_| purse.budget(&category, "1"));
        let made = futures_util::future::join_all(all).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        let refused = |made: &Result<_, _>| matches!(made, Err(CreateBudgetError::CategoryTaken));
        assert_eq!(made.iter().filter(|made| refused(made)).count(), 19);
    }
}
