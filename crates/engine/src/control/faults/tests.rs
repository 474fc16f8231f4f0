//! Faults on two nodes, through interruptions, and by chance.

use std::collections::BTreeMap;

use riverbank_model::connection::ConnectionStatus;
use riverbank_store::{jobs, members};
use tokio::sync::watch;

use super::*;
use crate::testing::{Backend, Bench};
use crate::{Caller, Engine};

fn locked(count: Option<i64>, chance: Chance) -> PlanFault {
    PlanFault {
        target: FaultTarget::Institution("mxbank".to_owned()),
        effect: Effect::Refusal { connection_status: ConnectionStatus::Locked },
        call: None,
        count,
        chance,
    }
}

/// Users with a member each, whose first jobs wait.
async fn members(bench: &Bench, count: usize) -> Vec<(Caller, members::Member)> {
    let mut made = Vec::new();
    for number in 0..count {
        let caller = bench.session("acme", &format!("user-{number}")).await.caller;
        let member = bench.mx_bank_member(&caller, "any").await.member;
        made.push((caller, member));
    }
    made
}

/// How many members are in each status.
async fn statuses(bench: &Bench, made: &[(Caller, members::Member)]) -> BTreeMap<&'static str, usize> {
    let mut statuses = BTreeMap::new();
    for (caller, member) in made {
        let view = bench.engine.read_member(caller, &member.guid).await.unwrap().unwrap();
        let status = view.member.connection_status.unwrap();
        *statuses.entry(status.name()).or_default() += 1;
    }
    statuses
}

async fn exactly_three_of_eight(backend: Backend, nodes: usize) {
    let bench = Bench::with_test_banks(backend).await;
    bench.engine.plan_fault(locked(Some(3), Chance::ALWAYS)).await.unwrap();
    let made = members(&bench, 8).await;
    let (stop, stopped) = watch::channel(false);
    let mut workers = Vec::new();
    for number in 0..nodes {
        let node = if number == 0 { bench.engine.clone() } else { bench.another_node().await };
        workers.push(tokio::spawn(Engine::run_workers(node, format!("node-{number}"), stopped.clone())));
    }
    bench.run_due().await;
    stop.send(true).unwrap();
    for worker in workers {
        worker.await.unwrap();
    }
    assert_eq!(statuses(&bench, &made).await, BTreeMap::from([("CONNECTED", 5), ("LOCKED", 3)]));
    let planned = bench.engine.planned_faults().await.unwrap();
    assert_eq!((planned[0].remaining, planned[0].struck), (Some(0), 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_is_exact() {
    exactly_three_of_eight(Backend::Sqlite, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_is_exact_on_two_nodes() {
    exactly_three_of_eight(Backend::Postgres, 2).await;
}

async fn counted_once(backend: Backend) {
    let bench = Bench::with_test_banks(backend).await;
    let latency =
        PlanFault { effect: Effect::Latency { milliseconds: 60_000 }, ..locked(Some(1), Chance::ALWAYS) };
    bench.engine.plan_fault(latency).await.unwrap();
    let made = members(&bench, 1).await;
    // A worker that is stopped in the middle of the delay gives the job back.
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(Engine::run_workers(bench.engine.clone(), "first".to_owned(), stopped));
    while bench.engine.planned_faults().await.unwrap()[0].struck == 0 {
        tokio::task::yield_now().await;
    }
    stop.send(true).unwrap();
    worker.await.unwrap();
    let (caller, member) = &made[0];
    let live = member.live_job_guid.clone().unwrap();
    let job =
        jobs::find(&bench.engine.store().read().await.unwrap(), &caller.user, &live).await.unwrap().unwrap();
    assert_eq!(job.state, jobs::JobState::Ready);
    // Another takes it up, and is struck by the same.
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(Engine::run_workers(bench.engine.clone(), "second".to_owned(), stopped));
    let taken = async || {
        let reader = bench.engine.store().read().await.unwrap();
        jobs::find(&reader, &caller.user, &live).await.unwrap().unwrap().state == jobs::JobState::Running
    };
    while !taken().await {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(taken().await, "it is held up again");
    let planned = bench.engine.planned_faults().await.unwrap();
    assert_eq!((planned[0].remaining, planned[0].struck), (Some(0), 1));
    stop.send(true).unwrap();
    worker.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_that_is_taken_up_again_is_struck_again_and_counted_once() {
    counted_once(Backend::Sqlite).await;
}

#[test]
fn a_probability_is_over_nothing_and_at_most_one() {
    for lawful in [1.0, 0.5, 0.000_001] {
        assert_eq!(Chance::of(lawful).map(Chance::probability), Some(lawful));
    }
    assert_eq!(Chance::of(0.000_000_1).map(Chance::probability), Some(0.000_001));
    for unlawful in [0.0, -0.5, 1.1, f64::NAN, f64::INFINITY] {
        assert_eq!(Chance::of(unlawful), None);
    }
}

#[tokio::test]
async fn chance_strikes_about_as_often_as_it_should() {
    let bench = Bench::with_test_banks(Backend::Sqlite).await;
    let planned = bench.engine.plan_fault(locked(None, Chance::of(0.25).unwrap())).await.unwrap();
    let member: riverbank_model::guid::MemberGuid = crate::testing::nobodys();
    let struck = |seed: &str| {
        (1..=4000)
            .filter(|attempt| planned.strikes(seed, &[member.as_str(), &i32::to_string(attempt)]))
            .count()
    };
    assert!((850..1150).contains(&struck("seed")), "{}", struck("seed"));
    assert_eq!(struck("seed"), struck("seed"));
    assert_ne!(struck("seed"), struck("another seed"));
}
