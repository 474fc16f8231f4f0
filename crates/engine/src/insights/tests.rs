mod alerts;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::account::AccountType;
use riverbank_model::given::GivenFacts;
use riverbank_model::guid::{AccountGuid, InsightGuid, TransactionGuid};
use riverbank_model::insight::LinkKind;
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;
use riverbank_store::page::Page;
use riverbank_store::{Tx, insight_looks};
use riverbank_testkit::webhook_sink::{Received, WebhookSink};

use super::look::morning_after;
use super::*;
use crate::Caller;
use crate::accounts::{AccountChanges, CreateAccount, UpdateAccount};
use crate::scheduled_payments::{CreateScheduledPayment, FurtherTerms};
use crate::testing::{Backend, Bench, nobodys, on_both_engines};
use crate::transactions::CreateTransaction;

/// A user with a checking account made by hand, at noon of 2026-04-10.
struct Purse<'a> {
    bench: &'a Bench,
    caller: Caller,
    account: AccountGuid,
}

impl<'a> Purse<'a> {
    async fn of(bench: &'a Bench, user: &str) -> Self {
        bench.set_time("2026-04-10T12:00:00Z".parse().unwrap());
        let caller = bench.session("acme", user).await.caller;
        let fields = AccountChanges { given: balance("1000"), ..AccountChanges::default() };
        let made = bench.engine.create_account(&caller, CreateAccount { fields, skip_webhook: true }).await;
        Self { bench, caller, account: made.unwrap().account.guid }
    }

    async fn spend(&self, day: Date, amount: &str, category: DefaultCategory) -> TransactionGuid {
        let request = CreateTransaction {
            amount: amount.parse::<Money>().unwrap(),
            date: day,
            description: "Corner shop".into(),
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
        let made = self.bench.engine.create_transaction(&self.caller, &self.account, request).await;
        made.unwrap().transaction.guid
    }

    async fn hold(&self, amount: &str) {
        let fields = AccountChanges { given: balance(amount), ..AccountChanges::default() };
        let request = UpdateAccount { fields, skip_webhook: true };
        self.bench.engine.update_account(&self.caller, &self.account, request).await.unwrap();
    }

    async fn look(&self) -> usize {
        self.bench.advance(1);
        let engine = &self.bench.engine;
        engine.look_for_insights(engine.now()).await.unwrap()
    }

    async fn insights(&self) -> Vec<InsightView> {
        self.bench.engine.list_insights(&self.caller, Page::ALL).await.unwrap().insights
    }

    /// What its cards tell, in the order of the words.
    async fn told(&self) -> Vec<String> {
        let told = self.insights().await.into_iter().map(|view| view.insight.description);
        let mut told: Vec<_> = told.collect();
        told.sort_unstable();
        told
    }

    async fn update(
        &self,
        guid: &InsightGuid,
        displayed: Option<bool>,
        dismissed: Option<bool>,
    ) -> InsightView {
        let change = UpdateInsight { has_been_displayed: displayed, is_dismissed: dismissed };
        self.bench.engine.update_insight(&self.caller, guid, change).await.unwrap()
    }
}

fn balance(amount: &str) -> GivenFacts {
    GivenFacts {
        name: Some("Checking".into()),
        account_type: Some(AccountType::Checking),
        balance: Some(amount.parse().unwrap()),
        ..GivenFacts::default()
    }
}

const LARGE: &str = "You spent $600.00 at Corner shop on April 9.";
const FEE: &str = "A fee of $5.00 was charged on April 9: Corner shop.";
const LOW: &str = "Checking has $80.00 left.";

on_both_engines! {
    async fn a_change_is_looked_at_once_and_a_fact_is_told_once(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        let large = purse.spend(date(2026, 4, 9), "600", DefaultCategory::Clothing).await;
        let due = bench.engine.next_due(bench.engine.now()).await.unwrap();
        assert_eq!(due, Some("2026-04-10T12:00:00.000001Z".parse().unwrap()), "once the clock goes on");
        assert_eq!(bench.engine.look_for_insights(bench.engine.now()).await.unwrap(), 0);
        assert_eq!((purse.look().await, purse.look().await), (1, 0));
        assert_eq!(purse.told().await, [LARGE]);
        let view = purse.insights().await.remove(0);
        assert_eq!(view.insight.template, "LargeTransactions");
        assert_eq!(view.guids::<TransactionGuid>(LinkKind::Transaction), std::slice::from_ref(&large));
        assert_eq!(view.guids::<AccountGuid>(LinkKind::Account), std::slice::from_ref(&purse.account));
        assert_eq!((view.client_guid.clone(), &*view.user_id), (purse.caller.client.clone(), "u"));
        assert!(view.insight.is_relevant && !view.insight.has_been_displayed);

        bench.advance(60);
        purse.spend(date(2026, 4, 9), "5", DefaultCategory::AtmFee).await;
        assert_eq!(purse.look().await, 1);
        assert_eq!(purse.told().await, [FEE, LARGE]);
        let templates = purse.insights().await.into_iter().map(|view| view.insight.template);
        assert_eq!(templates.collect::<Vec<_>>(), ["FeeDetected", "LargeTransactions"], "newest first");

        let engine = &bench.engine;
        let of_large = engine.list_transaction_insights(&purse.caller, &large, Page::new(1, 25)).await.unwrap();
        assert_eq!(of_large.unwrap().insights, std::slice::from_ref(&view));
        let of_account = engine.list_account_insights(&purse.caller, &purse.account, Page::new(2, 1)).await.unwrap();
        let of_account = of_account.unwrap();
        assert_eq!((of_account.insights, of_account.total), (vec![view.clone()], 2));
        let accounts = engine.list_insight_accounts(&purse.caller, &view.insight.guid, Page::new(1, 25)).await.unwrap();
        assert_eq!(accounts.unwrap().accounts[0].account.guid, purse.account);
        let (categories, _) =
            engine.list_insight_categories(&purse.caller, &view.insight.guid, Page::ALL).await.unwrap().unwrap();
        assert_eq!(categories[0].guid, DefaultCategory::Clothing.guid());
        let page = Page::new(1, 25);
        let transactions = engine.list_insight_transactions(&purse.caller, &view.insight.guid, page).await.unwrap();
        assert_eq!(transactions.unwrap().transactions[0].transaction.guid, large);
        let (merchants, _) =
            engine.list_insight_merchants(&purse.caller, &view.insight.guid, page).await.unwrap().unwrap();
        assert_eq!(merchants, []);
    }

    async fn what_holds_no_longer_is_moot_for_good(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        purse.hold("80").await;
        purse.look().await;
        assert_eq!(purse.told().await, [LOW]);
        purse.hold("120").await;
        purse.look().await;
        let view = purse.insights().await.remove(0);
        assert_eq!((view.insight.is_relevant, view.insight.revision), (false, 2));
        purse.hold("80").await;
        purse.look().await;
        assert_eq!(purse.insights().await, [view], "the same fact is never told twice");
    }

    async fn what_is_displayed_or_dismissed_is_relevant_no_longer(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        purse.spend(date(2026, 4, 9), "600", DefaultCategory::Clothing).await;
        purse.spend(date(2026, 4, 9), "5", DefaultCategory::AtmFee).await;
        purse.look().await;
        let guids: Vec<_> = purse.insights().await.into_iter().map(|view| view.insight.guid).collect();
        bench.advance(60);
        let now = bench.engine.now();
        let shown = purse.update(&guids[0], Some(true), None).await.insight;
        assert_eq!((shown.displayed_at, shown.is_relevant, shown.revision), (Some(now), false, 2));
        assert_eq!(purse.update(&guids[0], Some(true), None).await.insight, shown, "nothing changes");
        let unseen = purse.update(&guids[0], Some(false), None).await.insight;
        assert_eq!((unseen.displayed_at, unseen.is_relevant), (None, false), "for good");
        let dismissed = purse.update(&guids[1], None, Some(true)).await.insight;
        assert!(dismissed.is_dismissed && !dismissed.is_relevant && !dismissed.has_been_displayed);
        assert_eq!(purse.insights().await.len(), 2, "dismissed ones are listed");

        let stranger = Purse::of(bench, "v").await;
        let engine = &bench.engine;
        assert_eq!(engine.read_insight(&stranger.caller, &guids[0]).await.unwrap(), None);
        let change = UpdateInsight { is_dismissed: Some(true), ..UpdateInsight::default() };
        let refused = engine.update_insight(&stranger.caller, &guids[0], change).await.unwrap_err();
        assert!(matches!(refused, UpdateInsightError::NoSuchInsight));
        assert!(engine.list_account_insights(&stranger.caller, &purse.account, Page::ALL).await.unwrap().is_none());
        let nobodys = engine.list_insight_accounts(&purse.caller, &nobodys(), Page::ALL).await.unwrap();
        assert!(nobodys.is_none());
    }

    async fn the_last_month_is_told_in_the_morning_of_the_user(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        purse.spend(date(2026, 4, 9), "40", DefaultCategory::Groceries).await;
        purse.look().await;
        let reader = bench.engine.store().read().await.unwrap();
        let next = insight_looks::next(&reader, bench.engine.now()).await;
        drop(reader);
        assert_eq!(next.unwrap(), Some("2026-04-11T08:00:00Z".parse().unwrap()));
        bench.set_time("2026-04-30T08:00:00Z".parse().unwrap());
        assert_eq!(purse.look().await, 1);
        bench.set_time("2026-05-01T07:59:58Z".parse().unwrap());
        assert_eq!((purse.look().await, purse.told().await), (0, Vec::new()));
        assert_eq!(purse.look().await, 1);
        assert_eq!(purse.told().await, ["You spent $40.00 on Food & Dining in April, $40.00 more than in March."]);
        bench.set_time("2026-06-01T08:00:00Z".parse().unwrap());
        assert_eq!(purse.look().await, 1);
        assert!(!purse.insights().await[0].insight.is_relevant, "its month is over");
    }

    async fn a_bill_is_told_of_three_days_ahead_and_leads_to_its_scheduled_payment(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        let rent = CreateScheduledPayment {
            amount: "80".parse().unwrap(),
            description: "Rent".into(),
            occurs_on: date(2026, 4, 13),
            transaction_type: TransactionType::Debit,
            further: FurtherTerms::default(),
        };
        let rent = bench.engine.create_scheduled_payment(&purse.caller, rent).await.unwrap();
        purse.look().await;
        assert_eq!(purse.told().await, ["A payment of $80.00 to Rent is expected on April 13."]);
        let card = purse.insights().await.remove(0).insight.guid;
        let list = bench.engine.list_insight_scheduled_payments(&purse.caller, &card, Page::ALL).await;
        assert_eq!(list.unwrap().unwrap().payments, [rent]);
    }

    async fn insights_go_after_90_days(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        purse.spend(date(2026, 4, 9), "600", DefaultCategory::Clothing).await;
        purse.look().await;
        bench.advance(SignedDuration::from_hours(90 * 24).as_secs() - 2);
        bench.run_due().await;
        assert!(purse.told().await.contains(&LARGE.to_owned()));
        bench.advance(7200);
        bench.run_due().await;
        assert!(!purse.told().await.contains(&LARGE.to_owned()));
    }

    async fn a_user_is_looked_at_by_one_server_at_a_time(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        let other = bench.another_node().await;
        purse.spend(date(2026, 4, 9), "600", DefaultCategory::Clothing).await;
        bench.advance(1);
        let (user, now) = (purse.caller.user.clone(), bench.engine.now());
        let lease = std::time::Duration::from_mins(1);
        let claim = async move |tx: &Tx| insight_looks::claim(tx, &user, now, lease).await;
        let claimed = other.store().write(claim).await.unwrap();
        assert!(claimed.is_some());
        assert_eq!(purse.look().await, 0, "another one is at it");
        let user = purse.caller.user.clone();
        other.store().write(async move |tx| insight_looks::end(tx, &user, None).await).await.unwrap();
        assert_eq!(purse.look().await, 1);
        purse.spend(date(2026, 4, 9), "5", DefaultCategory::AtmFee).await;
        bench.advance(1);
        let now = bench.engine.now();
        let (one, two) = tokio::join!(bench.engine.look_for_insights(now), other.look_for_insights(now));
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        assert_eq!(purse.told().await, [FEE, LARGE]);
    }

    async fn what_changes_during_a_look_is_looked_at_again(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        let engine = &bench.engine;
        purse.spend(date(2026, 4, 9), "600", DefaultCategory::Clothing).await;
        let looked = engine.looked(&purse.caller.user, false, engine.now()).await.unwrap().unwrap();
        purse.spend(date(2026, 4, 9), "5", DefaultCategory::AtmFee).await;
        engine.end_look(None, looked).await.unwrap();
        assert_eq!(purse.told().await, Vec::<String>::new(), "nothing is told of what is no longer so");
        assert_eq!(purse.look().await, 1);
        assert_eq!(purse.told().await, [FEE, LARGE]);
    }
}

#[tokio::test]
async fn insights_are_told_as_such_and_as_beats() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let purse = Purse::of(&bench, "u").await;
        let sink = WebhookSink::start().await.unwrap();
        bench.endpoint("acme", &sink.url(), "insight,beat").await;
        purse.hold("80").await;
        purse.look().await;
        purse.hold("120").await;
        purse.look().await;
        bench.deliver().await;
        let told: Vec<_> = sink.received().iter().map(Received::json).collect();
        let heard: Vec<_> =
            told.iter().map(|body| (body["action"].as_str().unwrap(), body.get("beat").is_some())).collect();
        assert_eq!(heard, [("created", false), ("created", true), ("updated", false), ("updated", true)]);
        let (insight, beat) = (&told[0]["insight"], &told[3]["beat"]);
        assert_eq!((&insight["template"], &insight["user_id"]), (&"LowAccountBalances".into(), &"u".into()));
        assert_eq!(
            (&insight["has_associated_accounts"], &insight["micro_title"]),
            (&true.into(), &"Low balance".into())
        );
        assert_eq!(
            (&beat["is_relevant"], &beat["primary_account_guid"]),
            (&false.into(), &purse.account.as_str().into())
        );
        assert_eq!(
            beat["expires_at"].as_i64().unwrap() - beat["created_at"].as_i64().unwrap(),
            90 * 24 * 3600
        );
    }
}

/// Every order of some places.
fn orders(of: usize) -> Vec<Vec<usize>> {
    if of == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(of - 1);
    let insert = |order: &Vec<usize>| {
        let at = |place| [&order[..place], &[of - 1], &order[place..]].concat();
        (0..=order.len()).map(at).collect::<Vec<_>>()
    };
    shorter.iter().flat_map(insert).collect()
}

#[tokio::test]
async fn the_same_is_told_in_whatever_order_it_comes_in_and_however_often_it_is_looked_at() {
    let moves = [
        ("600", DefaultCategory::Clothing),
        ("5", DefaultCategory::AtmFee),
        ("31.26", DefaultCategory::Groceries),
        ("31.26", DefaultCategory::Groceries),
    ];
    let bench = Bench::on(Backend::Sqlite).await;
    let twice = "Corner shop was paid $31.26 more than once on April 9.";
    for (number, order) in orders(moves.len()).into_iter().enumerate() {
        for looks_between in [false, true] {
            let purse = Purse::of(&bench, &format!("{number}-{looks_between}")).await;
            for place in &order {
                let (amount, category) = moves[*place];
                purse.spend(date(2026, 4, 9), amount, category).await;
                if looks_between {
                    purse.look().await;
                }
            }
            purse.look().await;
            assert_eq!(purse.told().await, [FEE, twice, LARGE], "{order:?}");
        }
    }
}

#[test]
fn a_morning_is_at_eight_of_the_users_own_day_on_days_of_23_and_25_hours_too() {
    let zone = TimeZone::get("America/Denver").unwrap();
    let after = |now: &str| morning_after(now.parse().unwrap(), &zone).map(|at: Timestamp| at.to_string());
    for (now, morning) in [
        ("2026-01-15T14:59:59Z", "2026-01-15T15:00:00Z"),
        ("2026-01-15T15:00:00Z", "2026-01-16T15:00:00Z"),
        ("2026-03-08T08:00:00Z", "2026-03-08T14:00:00Z"),
        ("2026-11-01T08:00:00Z", "2026-11-01T15:00:00Z"),
    ] {
        assert_eq!(after(now).as_deref(), Some(morning), "{now}");
    }
}
