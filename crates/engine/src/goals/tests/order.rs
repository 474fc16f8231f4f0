//! The order of goals, whatever happens to them.

use std::collections::HashSet;

use futures_util::future::join_all;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::*;

/// What may happen to the order of goals, each of which is named by a number of any size.
#[derive(Clone, Debug)]
enum Step {
    Make(Option<i64>),
    Move(usize, i64),
    Put(Vec<(usize, i64)>),
    Delete(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let move_to = || (0..100_usize, 1..9_i64);
    let step = prop_oneof![
        3 => prop::option::of(1..9_i64).prop_map(Step::Make),
        2 => move_to().prop_map(|(goal, to)| Step::Move(goal, to)),
        2 => prop::collection::vec(move_to(), 0..4).prop_map(Step::Put),
        1 => (0..100_usize).prop_map(Step::Delete),
    ];
    prop::collection::vec(step, 40)
}

/// The order of goals as it should be.
#[derive(Default)]
struct Order(Vec<GoalGuid>);

impl Order {
    fn named(&self, number: usize) -> GoalGuid {
        self.0[number % self.0.len()].clone()
    }

    fn put(&mut self, mut moves: Vec<(GoalGuid, i64)>) {
        self.0.retain(|goal| moves.iter().all(|(moved, _)| moved != goal));
        moves.sort_by_key(|(_, to)| *to);
        for (guid, to) in moves {
            let place = usize::try_from(to - 1).unwrap().min(self.0.len());
            self.0.insert(place, guid);
        }
    }
}

on_both_engines! {
    async fn whatever_happens_positions_are_from_one_without_gaps(bench: &Bench) {
        let saver = Saver::of(bench, "10").await;
        let account = saver.account(Some("1")).await;
        let mut order = Order::default();
        for step in steps().new_tree(&mut TestRunner::deterministic()).unwrap().current() {
            match &step {
                Step::Make(position) => {
                    let changes = GoalChanges { position: *position, ..GoalChanges::default() };
                    let made = saver.make(CreateGoal { changes, ..saved(&account, "5") }).await.unwrap();
                    order.put(vec![(made.goal.guid, position.unwrap_or(i64::MAX))]);
                }
                _ if order.0.is_empty() => continue,
                Step::Move(number, to) => {
                    let guid = order.named(*number);
                    let told = saver.change(&guid, moved(*to)).await.unwrap();
                    order.put(vec![(guid.clone(), *to)]);
                    let place = usize::try_from(told.goal.position - 1).unwrap();
                    assert_eq!(order.0[place], guid, "{step:?}");
                }
                Step::Put(moves) => {
                    let moves: Vec<_> = moves.iter().map(|(number, to)| (order.named(*number), *to)).collect();
                    let sent: Vec<_> = moves.iter().map(|(guid, to)| (guid, *to)).collect();
                    let told = saver.put(&sent).await;
                    let guids: HashSet<_> = moves.iter().map(|(guid, _)| guid).collect();
                    let places: HashSet<_> = moves.iter().map(|(_, to)| to).collect();
                    if guids.len().min(places.len()) < moves.len() {
                        assert!(matches!(told, Err(RepositionGoalsError::Twice)), "{step:?}");
                    } else {
                        order.put(moves);
                        assert_eq!(told.unwrap(), saver.list().await, "{step:?}");
                    }
                }
                Step::Delete(number) => {
                    let guid = order.named(*number);
                    assert!(saver.delete(&guid).await);
                    order.0.retain(|goal| *goal != guid);
                }
            }
            let list = saver.list().await;
            assert!(list.iter().map(|view| &view.goal.guid).eq(&order.0), "{step:?}");
            assert!(list.iter().map(|view| view.goal.position).eq((1..).take(order.0.len())), "{step:?}");
        }
        assert!(order.0.len() > 3, "a story about several");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn goals_that_are_made_at_once_stand_one_after_the_other() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let saver = Saver::of(&bench, "150").await;
        let account = saver.account(Some("0")).await;
        let makes = (0..12).map(|_| saver.make(placed(saved(&account, "5"), 1)));
        let changes = (0..12).map(|number| saver.holds(&account, ["4", "5"][number % 2], true));
        let (made, _) = tokio::join!(join_all(makes), join_all(changes));
        assert!(made.iter().all(Result::is_ok));
        let list = saver.list().await;
        assert!(list.iter().map(|view| view.goal.position).eq(1..=12));
        saver.holds(&account, "4", true).await;
        saver.holds(&account, "5", true).await;
        assert!(saver.list().await.iter().all(GoalView::is_complete));
    }
}
