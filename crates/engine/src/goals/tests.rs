mod accounts;
mod order;

use jiff::Timestamp;
use riverbank_model::account::AccountType;
use riverbank_model::given::GivenFacts;
use riverbank_model::goal::{GoalMetaType, GoalTrackType, GoalType};
use riverbank_model::guid::AccountGuid;
use riverbank_model::money::Money;
use riverbank_testkit::webhook_sink::{Received, WebhookSink};

use super::*;
use crate::accounts::{AccountChanges, CreateAccount, UpdateAccount};
use crate::monthly_cash_flow_profile::UpdateMonthlyCashFlowProfile;
use crate::testing::{Backend, Bench, nobodys, on_both_engines};

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A user who saves, on 2026-01-31.
struct Saver<'a> {
    bench: &'a Bench,
    caller: Caller,
}

impl<'a> Saver<'a> {
    /// With so much set aside each month.
    async fn of(bench: &'a Bench, contribution: &str) -> Self {
        bench.set_time(at("2026-01-31T18:00:00Z"));
        let saver = Self { bench, caller: bench.session("acme", "u").await.caller };
        saver.sets_aside(contribution).await;
        saver
    }

    async fn sets_aside(&self, contribution: &str) {
        let request = UpdateMonthlyCashFlowProfile {
            goals_contribution: Some(money(contribution)),
            ..UpdateMonthlyCashFlowProfile::default()
        };
        self.bench.engine.update_monthly_cash_flow_profile(&self.caller, request).await.unwrap();
    }

    /// An account made by hand that holds so much.
    async fn account(&self, balance: Option<&str>) -> AccountGuid {
        let given = GivenFacts {
            name: Some("Purse".into()),
            account_type: Some(AccountType::Savings),
            balance: balance.map(money),
            ..GivenFacts::default()
        };
        let fields = AccountChanges { given, ..AccountChanges::default() };
        let made =
            self.bench.engine.create_account(&self.caller, CreateAccount { fields, skip_webhook: true });
        made.await.unwrap().account.guid
    }

    async fn holds(&self, account: &AccountGuid, balance: &str, skip_webhook: bool) {
        let given = GivenFacts { balance: Some(money(balance)), ..GivenFacts::default() };
        let fields = AccountChanges { given, ..AccountChanges::default() };
        let request = UpdateAccount { fields, skip_webhook };
        self.bench.engine.update_account(&self.caller, account, request).await.unwrap();
    }

    async fn make(&self, request: CreateGoal) -> Result<GoalView, CreateGoalError> {
        self.bench.engine.create_goal(&self.caller, request).await
    }

    async fn change(&self, guid: &GoalGuid, request: UpdateGoal) -> Result<GoalView, UpdateGoalError> {
        self.bench.engine.update_goal(&self.caller, guid, request).await
    }

    async fn put(&self, moves: &[(&GoalGuid, i64)]) -> Result<Vec<GoalView>, RepositionGoalsError> {
        let moves = moves.iter().map(|(guid, to)| (guid.to_string(), *to)).collect();
        self.bench.engine.reposition_goals(&self.caller, moves).await
    }

    async fn delete(&self, guid: &GoalGuid) -> bool {
        self.bench.engine.delete_goal(&self.caller, guid, false).await.unwrap()
    }

    async fn list(&self) -> Vec<GoalView> {
        self.bench.engine.list_goals(&self.caller).await.unwrap()
    }

    async fn read(&self, guid: &GoalGuid) -> GoalView {
        self.bench.engine.read_goal(&self.caller, guid).await.unwrap().unwrap()
    }
}

/// So much to be saved in an account.
fn saved(account: &AccountGuid, amount: &str) -> CreateGoal {
    CreateGoal {
        account_guid: account.to_string(),
        amount: money(amount),
        goal_type: GoalType::SaveAmount,
        meta_type: GoalMetaType::Vacation,
        name: "Save for Europe.".into(),
        changes: GoalChanges::default(),
        skip_webhook: false,
    }
}

fn placed(request: CreateGoal, position: i64) -> CreateGoal {
    CreateGoal { changes: GoalChanges { position: Some(position), ..GoalChanges::default() }, ..request }
}

fn moved(position: i64) -> UpdateGoal {
    UpdateGoal {
        changes: GoalChanges { position: Some(position), ..GoalChanges::default() },
        ..UpdateGoal::default()
    }
}

fn amounts(views: &[GoalView]) -> String {
    views.iter().map(|view| view.goal.amount.to_string()).collect::<Vec<_>>().join(" ")
}

on_both_engines! {
    async fn without_a_contribution_no_goal_is_written_and_any_is_deleted(bench: &Bench) {
        let saver = Saver::of(bench, "0").await;
        let account = saver.account(Some("1")).await;
        assert!(matches!(saver.make(saved(&account, "5")).await, Err(CreateGoalError::NoContribution)));
        saver.sets_aside("0.01").await;
        let guid = saver.make(saved(&account, "5")).await.unwrap().goal.guid;
        // The budgets leave nothing: what was said is not in use.
        let estimated = UpdateMonthlyCashFlowProfile {
            uses_estimated_goals_contribution: Some(true),
            ..UpdateMonthlyCashFlowProfile::default()
        };
        bench.engine.update_monthly_cash_flow_profile(&saver.caller, estimated).await.unwrap();
        assert!(matches!(saver.make(saved(&account, "5")).await, Err(CreateGoalError::NoContribution)));
        assert!(matches!(saver.change(&guid, moved(1)).await, Err(UpdateGoalError::NoContribution)));
        assert!(matches!(saver.put(&[(&guid, 1)]).await, Err(RepositionGoalsError::NoContribution)));
        assert_eq!(saver.read(&guid).await.projected_to_complete_at, None);
        assert!(saver.delete(&guid).await);
        assert!(!saver.delete(&guid).await);
        assert_eq!(saver.list().await, []);
    }

    async fn what_no_goal_can_be_is_refused(bench: &Bench) {
        let saver = Saver::of(bench, "10").await;
        let account = saver.account(Some("1")).await;
        for (request, refusal) in [
            (saved(&account, "-0.01"), InvalidGoal::NegativeAmount),
            (CreateGoal { name: String::new(), ..saved(&account, "1") }, InvalidGoal::NoName),
            (placed(saved(&account, "1"), 0), InvalidGoal::PositionBelowOne),
            (placed(saved(&account, "1"), i64::MIN), InvalidGoal::PositionBelowOne),
        ] {
            assert!(matches!(saver.make(request).await, Err(CreateGoalError::Invalid(found)) if found == refusal));
        }
        let stranger = Saver { bench, caller: bench.session("acme", "v").await.caller };
        stranger.sets_aside("10").await;
        for unknown in [nobodys(), stranger.account(Some("1")).await] {
            assert!(matches!(saver.make(saved(&unknown, "1")).await, Err(CreateGoalError::NoSuchAccount)));
        }
        let named = CreateGoal { account_guid: "Purse".into(), ..saved(&account, "1") };
        assert!(matches!(saver.make(named).await, Err(CreateGoalError::NoSuchAccount)));
        let guid = saver.make(saved(&account, "5")).await.unwrap().goal.guid;
        let elsewhere = UpdateGoal { account_guid: Some(nobodys::<AccountGuid>().to_string()), ..UpdateGoal::default() };
        assert!(matches!(saver.change(&guid, elsewhere).await, Err(UpdateGoalError::NoSuchAccount)));
        let less = UpdateGoal { amount: Some(money("-1")), ..UpdateGoal::default() };
        assert!(matches!(saver.change(&guid, less).await, Err(UpdateGoalError::Invalid(InvalidGoal::NegativeAmount))));
        let other = saver.make(saved(&account, "6")).await.unwrap().goal.guid;
        assert!(matches!(saver.put(&[(&guid, 1), (&other, 1)]).await, Err(RepositionGoalsError::Twice)));
        assert!(matches!(saver.put(&[(&guid, 1), (&guid, 2)]).await, Err(RepositionGoalsError::Twice)));
        assert!(matches!(saver.put(&[(&guid, 0)]).await, Err(RepositionGoalsError::Invalid(_))));
        assert!(matches!(saver.put(&[(&guid, 2), (&nobodys(), 1)]).await, Err(RepositionGoalsError::NoSuchGoal)));
        assert!(matches!(stranger.change(&guid, moved(1)).await, Err(UpdateGoalError::NoSuchGoal)));
        assert!(matches!(stranger.put(&[(&guid, 1)]).await, Err(RepositionGoalsError::NoSuchGoal)));
        assert_eq!(bench.engine.read_goal(&stranger.caller, &guid).await.unwrap(), None);
        assert!(!stranger.delete(&guid).await);
        assert_eq!(amounts(&saver.list().await), "5 6");
    }

    async fn all_that_is_set_aside_goes_to_one_goal_after_the_other(bench: &Bench) {
        let saver = Saver::of(bench, "150").await;
        let account = saver.account(Some("1651.27")).await;
        let far = saver.make(saved(&account, "4500")).await.unwrap();
        assert_eq!((far.current_amount, far.track_type()), (money("1651.27"), GoalTrackType::Savings));
        // 2848.73 by 150 a month is done in the 19th; the 31st is the last of August.
        assert_eq!(far.projected_to_complete_at, Some(at("2027-08-31T12:00:00Z")));
        let near = saver.make(placed(saved(&account, "1801.28"), 1)).await.unwrap();
        // 150.01 is not done in the first month, and February is short.
        assert_eq!(near.projected_to_complete_at, Some(at("2026-03-31T12:00:00Z")));
        let far = saver.read(&far.goal.guid).await;
        assert_eq!((far.goal.position, far.projected_to_complete_at), (2, Some(at("2027-09-30T12:00:00Z"))));
        let done = GoalChanges { is_complete: Some(true), ..GoalChanges::default() };
        let done = UpdateGoal { changes: done, ..UpdateGoal::default() };
        let done = saver.change(&near.goal.guid, done).await.unwrap();
        assert_eq!((done.projected_to_complete_at, done.current_amount), (None, money("1651.27")));
        assert_eq!(saver.read(&far.goal.guid).await.projected_to_complete_at, Some(at("2027-08-31T12:00:00Z")));
        saver.sets_aside("3000").await;
        assert_eq!(saver.read(&far.goal.guid).await.projected_to_complete_at, Some(at("2026-02-28T12:00:00Z")));
    }

    async fn months_are_counted_from_the_day_that_it_is_for_the_user(bench: &Bench) {
        let saver = Saver::of(bench, "100").await;
        let account = saver.account(Some("0")).await;
        let guid = saver.make(saved(&account, "100")).await.unwrap().goal.guid;
        bench.set_time(at("2026-03-01T04:00:00Z"));
        for (zone, then) in [
            (None, "2026-04-01T12:00:00Z"),
            // The last of February there, for three more hours.
            (Some("America/Denver"), "2026-03-28T12:00:00Z"),
            (Some("Pacific/Kiritimati"), "2026-04-01T12:00:00Z"),
        ] {
            bench.clients().set_time_zone_of_user(&saver.caller.user, zone).await.unwrap();
            assert_eq!(saver.read(&guid).await.projected_to_complete_at, Some(at(then)), "{zone:?}");
        }
    }

    async fn a_goal_is_complete_by_the_word_of_the_client_and_open_again(bench: &Bench) {
        let saver = Saver::of(bench, "10").await;
        let account = saver.account(Some("5")).await;
        let reached = saver.make(saved(&account, "5")).await.unwrap();
        assert_eq!(reached.goal.completed_at, Some(bench.engine.now()), "what is there already");
        let guid = &reached.goal.guid;
        let said = async |is_complete: Option<bool>, completed_at: Option<&str>, amount: Option<&str>| {
            let changes = GoalChanges { is_complete, completed_at: completed_at.map(at), ..GoalChanges::default() };
            let request = UpdateGoal { changes, amount: amount.map(money), ..UpdateGoal::default() };
            saver.change(guid, request).await.unwrap().goal.completed_at
        };
        let then = "2015-06-19T10:37:04-06:00";
        assert_eq!(said(Some(false), Some(then), None).await, None, "false counts for more than a time");
        assert_eq!(said(None, None, None).await, None, "it stays open while nothing of it changes");
        assert_eq!(said(None, None, Some("5.01")).await, None);
        assert_eq!(said(None, Some(then), None).await, Some(at(then)));
        bench.advance(60);
        assert_eq!(said(Some(true), None, None).await, Some(at(then)), "it was complete before");
        assert_eq!(said(None, None, Some("500")).await, Some(at(then)), "it stays complete");
        assert_eq!(said(Some(false), None, None).await, None);
        assert_eq!(said(Some(true), None, None).await, Some(bench.engine.now()));
        assert_eq!(said(Some(false), None, Some("4")).await, None, "though it is reached");
        assert_eq!(said(None, None, Some("3")).await, Some(bench.engine.now()), "reached by a change");
        let open = GoalChanges { is_complete: Some(false), ..GoalChanges::default() };
        let open = saver.make(CreateGoal { changes: open, ..saved(&account, "1") }).await.unwrap();
        assert_eq!((open.goal.completed_at, open.projected_to_complete_at), (None, Some(at("2026-01-31T12:00:00Z"))));
    }

    async fn a_goal_of_nothing_is_not_reached_while_no_balance_is_told(bench: &Bench) {
        let saver = Saver::of(bench, "10").await;
        let account = saver.account(None).await;
        for goal_type in [GoalType::SaveAmount, GoalType::Payoff] {
            let made = saver.make(CreateGoal { goal_type, ..saved(&account, "0") }).await.unwrap();
            assert!(!made.is_complete(), "{goal_type:?}");
        }
        saver.holds(&account, "0", true).await;
        assert!(saver.list().await.iter().all(GoalView::is_complete));
    }

    async fn what_is_said_of_a_goal_is_kept_and_its_track_follows_unless_it_is_said(bench: &Bench) {
        let saver = Saver::of(bench, "10").await;
        let account = saver.account(None).await;
        let changes = GoalChanges {
            metadata: Some("m".into()),
            has_been_spent: Some(true),
            ..GoalChanges::default()
        };
        let made = saver.make(CreateGoal { changes, ..saved(&account, "5") }).await.unwrap();
        assert_eq!((made.current_amount, made.goal.revision), (Money::ZERO, 1), "no balance is told");
        let guid = &made.goal.guid;
        bench.advance(60);
        let retirement = UpdateGoal { meta_type: Some(GoalMetaType::Retirement), ..UpdateGoal::default() };
        let retiring = saver.change(guid, retirement.clone()).await.unwrap();
        assert_eq!((retiring.track_type(), retiring.goal.revision), (GoalTrackType::Retirement, 2));
        assert_eq!((retiring.goal.metadata.as_deref(), retiring.goal.has_been_spent), (Some("m"), true));
        assert_eq!((retiring.goal.created_at, retiring.goal.updated_at), (made.goal.created_at, bench.engine.now()));
        let again = saver.change(guid, retirement).await.unwrap();
        assert_eq!(again, retiring, "what changes nothing is no change");
        let debt = UpdateGoal { goal_type: Some(GoalType::Payoff), ..UpdateGoal::default() };
        let debt = saver.change(guid, debt).await.unwrap();
        assert_eq!((debt.track_type(), debt.is_complete()), (GoalTrackType::Debt, false), "an unknown debt is not paid off");
        let track_type = Some(GoalTrackType::EmergencyFund);
        let said = UpdateGoal { changes: GoalChanges { track_type, ..GoalChanges::default() }, ..UpdateGoal::default() };
        saver.change(guid, said).await.unwrap();
        let kept = UpdateGoal { goal_type: Some(GoalType::SaveAmount), ..UpdateGoal::default() };
        assert_eq!(saver.change(guid, kept).await.unwrap().track_type(), GoalTrackType::EmergencyFund);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_to_goals_is_told() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let saver = Saver::of(&bench, "150").await;
        let sink = WebhookSink::start().await.unwrap();
        bench.endpoint("acme", &sink.url(), "goal").await;
        let account = saver.account(Some("100")).await;
        let first = saver.make(saved(&account, "750")).await.unwrap().goal.guid;
        let second = saver.make(placed(saved(&account, "200"), 1)).await.unwrap().goal.guid;
        saver.make(CreateGoal { skip_webhook: true, ..saved(&account, "9000") }).await.unwrap();
        saver.put(&[(&first, 1), (&second, 2)]).await.unwrap();
        saver.holds(&account, "250", false).await;
        saver.delete(&second).await;
        saver.holds(&account, "750", true).await;
        bench.deliver().await;
        let told: Vec<_> = sink.received().iter().map(Received::json).collect();
        let heard = told.iter().map(|body| {
            let goal = &body["goal"];
            let word = |name: &str| goal[name].as_i64().unwrap();
            (
                body["action"].as_str().unwrap(),
                word("amount"),
                word("position"),
                goal["is_complete"].as_bool().unwrap(),
            )
        });
        assert_eq!(
            heard.collect::<Vec<_>>(),
            [
                ("created", 750, 1, false),
                ("created", 200, 1, false),
                ("updated", 750, 2, false),
                ("updated", 750, 1, false),
                ("updated", 200, 2, false),
                ("updated", 200, 2, true),
                ("deleted", 200, 2, true),
                ("updated", 9000, 2, false),
            ]
        );
        let (made, completed) = (&told[0]["goal"], &told[5]["goal"]);
        assert_eq!((&made["meta_type"], &made["created_by"]), (&"VACATION".into(), &serde_json::Value::Null));
        assert_eq!(
            (&made["user_id"], &made["current_amount"], &made["revision"]),
            (&"u".into(), &100.into(), &1.into())
        );
        // 650 by 150 a month, from 2026-01-31.
        assert_eq!(made["projected_to_complete_at"], at("2026-06-30T12:00:00Z").as_second());
        assert_eq!(completed["completed_at"], bench.engine.now().as_second());
        assert!(saver.read(&first).await.is_complete(), "though it was not told");
    }
}
