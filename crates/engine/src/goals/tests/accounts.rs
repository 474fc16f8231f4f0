//! What accounts make of the goals on them.

use riverbank_model::feed::{AccountFacts, FeedAccount};

use super::*;
use crate::members::DeleteMember;
use crate::testing::Told;

/// A loan of which so much is left.
fn owed(balance: &str) -> FeedAccount {
    let facts = AccountFacts {
        balance: Some(money(balance)),
        ..AccountFacts::new(AccountType::Loan, "The car".to_owned())
    };
    FeedAccount::new("loan".to_owned(), facts)
}

/// So much to be paid off.
fn paid_off(account: &AccountGuid, amount: &str) -> CreateGoal {
    CreateGoal {
        goal_type: GoalType::Payoff,
        meta_type: GoalMetaType::Automobile,
        name: "The car is ours".into(),
        ..saved(account, amount)
    }
}

on_both_engines! {
    async fn an_import_that_reaches_a_goal_completes_it_for_good(bench: &Bench) {
        let saver = Saver::of(bench, "100").await;
        let feed = Told::by(bench, &saver.caller, "any", None).await;
        let account = feed.tell_all(bench, owed("900")).await.guid;
        let debt = saver.make(paid_off(&account, "1000")).await.unwrap();
        assert_eq!((debt.current_amount, debt.track_type()), (money("100"), GoalTrackType::Debt));
        assert_eq!(debt.projected_to_complete_at, Some(at("2026-10-31T12:00:00Z")));
        let guid = &debt.goal.guid;
        feed.tell_all(bench, owed("0.01")).await;
        let nearly = saver.read(guid).await;
        assert_eq!((nearly.current_amount, &nearly.goal), (money("999.99"), &debt.goal));
        bench.advance(60);
        feed.tell_all(bench, owed("-5")).await;
        let done = saver.read(guid).await;
        assert_eq!((done.current_amount, done.goal.completed_at), (money("1005"), Some(bench.engine.now())));
        assert_eq!((done.goal.revision, done.goal.updated_at), (2, bench.engine.now()));
        assert_eq!(done.projected_to_complete_at, None);
        bench.advance(60);
        feed.tell_all(bench, owed("400")).await;
        let later = saver.read(guid).await;
        assert_eq!((later.current_amount, later.goal), (money("600"), done.goal));
    }

    async fn a_goal_that_was_opened_again_is_completed_when_its_account_holds_something_else(bench: &Bench) {
        let saver = Saver::of(bench, "100").await;
        let account = saver.account(Some("5")).await;
        let open = GoalChanges { is_complete: Some(false), ..GoalChanges::default() };
        let guid = saver.make(CreateGoal { changes: open, ..saved(&account, "5") }).await.unwrap().goal.guid;
        let given = GivenFacts { nickname: Some("Pocket".into()), ..GivenFacts::default() };
        let fields = AccountChanges { given, ..AccountChanges::default() };
        let renamed = UpdateAccount { fields, skip_webhook: false };
        bench.engine.update_account(&saver.caller, &account, renamed).await.unwrap();
        assert!(!saver.read(&guid).await.is_complete());
        saver.holds(&account, "5.01", false).await;
        assert!(saver.read(&guid).await.is_complete());
    }

    async fn what_is_saved_in_an_account_that_is_gone_is_nothing_and_no_debt_is_paid_off_by_it(bench: &Bench) {
        let saver = Saver::of(bench, "100").await;
        let purse = saver.account(Some("50")).await;
        let feed = Told::by(bench, &saver.caller, "any", None).await;
        let loan = feed.tell_all(bench, owed("900")).await.guid;
        let save = saver.make(saved(&purse, "100")).await.unwrap().goal.guid;
        let debt = saver.make(paid_off(&loan, "1000")).await.unwrap().goal.guid;
        bench.engine.delete_account(&saver.caller, &purse, false).await.unwrap();
        bench.engine.delete_member(&saver.caller, &feed.member.guid, DeleteMember::default()).await.unwrap();
        for (guid, account) in [(&save, &purse), (&debt, &loan)] {
            let left = saver.read(guid).await;
            assert_eq!((left.current_amount, left.is_complete(), &left.goal.account_guid), (Money::ZERO, false, account));
        }
        let renamed = UpdateGoal { name: Some("Later".into()), ..UpdateGoal::default() };
        assert_eq!(saver.change(&save, renamed).await.unwrap().goal.name, "Later");
        let other = saver.account(Some("100")).await;
        let elsewhere = UpdateGoal { account_guid: Some(other.to_string()), ..UpdateGoal::default() };
        assert!(saver.change(&save, elsewhere).await.unwrap().is_complete());
        assert!(matches!(saver.make(saved(&purse, "1")).await, Err(CreateGoalError::NoSuchAccount)));
    }

    async fn goals_go_over_with_an_account_that_is_merged(bench: &Bench) {
        let saver = Saver::of(bench, "100").await;
        let (stays, goes) = (saver.account(Some("20")).await, saver.account(Some("5")).await);
        let near = saver.make(saved(&goes, "10")).await.unwrap().goal;
        let far = saver.make(saved(&goes, "30")).await.unwrap().goal;
        let other = saver.make(saved(&stays, "40")).await.unwrap().goal;
        let both = [goes.to_string(), stays.to_string()];
        assert_eq!(bench.engine.merge_accounts(&saver.caller, &both).await.unwrap().account.guid, stays);
        let [near_now, far_now, other_now] = &saver.list().await[..] else { panic!("three goals") };
        assert_eq!((&near_now.goal.account_guid, near_now.current_amount), (&stays, money("20")));
        assert_eq!((&near_now.goal.guid, near_now.goal.completed_at), (&near.guid, Some(bench.engine.now())));
        assert_eq!((&far_now.goal.account_guid, far_now.goal.revision), (&stays, 2));
        assert_eq!((&far_now.goal.guid, far_now.is_complete()), (&far.guid, false));
        assert_eq!(other_now.goal, other);
    }
}
