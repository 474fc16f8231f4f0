//! What a broken link to PostgreSQL costs: the work that was on it, for a bounded time, and nothing after.

use std::process::Command;
use std::time::{Duration, Instant};

use riverbank_testkit::postgres::{ClusterOptions, PostgresCluster};
use riverbank_testkit::proxy::{ChaosProxy, Weather};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_postgres::NoTls;

use super::{Bench, Note, insert, names};
use crate::db::{Store, StoreError, Tx};

/// More than any call takes: 5 seconds for a connection, and 12 for an answer.
const BOUND: Duration = Duration::from_secs(18);
/// Calls at once; as many as the pool has connections.
const AT_ONCE: usize = 16;

async fn put(store: &Store, name: String) -> Result<(), StoreError> {
    store.write(async move |tx| insert(tx, &Note::new(&name, 1)).await).await
}

/// Writes that many notes at once, each of its own name.
async fn put_at_once(store: &Store, prefix: &str) -> Vec<Result<(), StoreError>> {
    let mut calls = JoinSet::new();
    for number in 0..AT_ONCE {
        let (store, name) = (store.clone(), format!("{prefix}{number}"));
        calls.spawn(async move { put(&store, name).await });
    }
    calls.join_all().await
}

fn all_well(outcomes: &[Result<(), StoreError>]) {
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
}

fn all_unavailable(outcomes: &[Result<(), StoreError>]) {
    let unavailable = |outcome: &Result<_, _>| matches!(outcome, Err(StoreError::Unavailable(_)));
    assert!(outcomes.iter().all(unavailable), "{outcomes:?}");
}

/// A database behind a proxy, every connection of its pool in use a moment ago.
async fn behind_a_proxy(cluster: &PostgresCluster, sslmode: &str) -> (ChaosProxy, Bench) {
    let (proxy, through) = ChaosProxy::before(&cluster.create_database().unwrap()).unwrap();
    let bench = Bench::open(&format!("{through}?sslmode={sslmode}"), None).await.with_notes().await;
    all_well(&put_at_once(&bench.store, "before").await);
    (proxy, bench)
}

/// The store hears of work that is committed on another node.
async fn hears_of_others(hearing: &Store, telling: &Store) {
    let mut wakeups = hearing.wakeups();
    while wakeups.wait(Duration::from_secs(1)).await {}
    let told = telling.write(async |tx: &Tx| {
        tx.wake_workers();
        Ok::<_, StoreError>(())
    });
    told.await.unwrap();
    assert!(wakeups.wait(Duration::from_secs(30)).await, "the wake-up was not heard");
}

#[expect(clippy::disallowed_methods, reason = "the clock of the test")]
fn now() -> Instant {
    Instant::now()
}

/// The rules of a broken link, at once: they wait for most of their time, and a process has one server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_link_costs_the_work_on_it_and_nothing_after() {
    let cluster =
        &PostgresCluster::start_with(ClusterOptions { tls: true, ..ClusterOptions::default() }).unwrap();
    tokio::join!(
        a_link_that_is_cut_is_unavailable_at_once_and_forgotten_at_once(cluster, "disable"),
        a_link_that_is_cut_is_unavailable_at_once_and_forgotten_at_once(cluster, "require"),
        a_link_that_goes_silent_is_unavailable_in_bounded_time_and_forgotten_at_once(cluster, "disable"),
        a_link_that_goes_silent_is_unavailable_in_bounded_time_and_forgotten_at_once(cluster, "require"),
        connections_that_died_in_their_rest_are_not_handed_out(cluster, "disable"),
        a_commit_whose_answer_is_lost_is_no_success_and_happens_once(cluster),
    );
}

async fn a_link_that_is_cut_is_unavailable_at_once_and_forgotten_at_once(
    cluster: &PostgresCluster,
    sslmode: &str,
) {
    let (proxy, bench) = behind_a_proxy(cluster, sslmode).await;
    proxy.set(Weather::Cut);
    let begun = now();
    all_unavailable(&put_at_once(&bench.store, "during").await);
    assert!(bench.store.check().await.is_err());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    proxy.set(Weather::Fair);
    all_well(&put_at_once(&bench.store, "after").await);
    bench.store.check().await.unwrap();
    // The listener tries once a second.
    tokio::time::sleep(Duration::from_secs(2)).await;
    hears_of_others(&bench.store, &bench.again().await).await;
    proxy.set(Weather::Slow(Duration::from_millis(200)));
    all_well(&put_at_once(&bench.store, "slow").await);
}

async fn a_link_that_goes_silent_is_unavailable_in_bounded_time_and_forgotten_at_once(
    cluster: &PostgresCluster,
    sslmode: &str,
) {
    let (proxy, bench) = behind_a_proxy(cluster, sslmode).await;
    let (begun, has_begun) = oneshot::channel();
    let (went_silent, goes_on) = oneshot::channel::<()>();
    let store = bench.store.clone();
    let in_flight = tokio::spawn(async move {
        let unit = store.write(async move |tx| {
            insert(tx, &Note::new("held", 1)).await?;
            begun.send(()).unwrap();
            goes_on.await.unwrap();
            insert(tx, &Note::new("never", 1)).await
        });
        unit.await
    });
    has_begun.await.unwrap();
    proxy.set(Weather::Silent);
    went_silent.send(()).unwrap();
    let begun = now();
    all_unavailable(&put_at_once(&bench.store, "during").await);
    all_unavailable(&[in_flight.await.unwrap()]);
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    // What rested for a while is tried first, which takes less.
    let begun = now();
    all_unavailable(&put_at_once(&bench.store, "still").await);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    proxy.set(Weather::Fair);
    all_well(&put_at_once(&bench.store, "after").await);
    // The server has given up the transaction of which it heard nothing more, and its lock on the key.
    put(&bench.store, "held".into()).await.unwrap();
    assert!(!names(&bench.store).await.contains(&"never".to_owned()));
    hears_of_others(&bench.store, &bench.again().await).await;
}

async fn connections_that_died_in_their_rest_are_not_handed_out(cluster: &PostgresCluster, sslmode: &str) {
    let (proxy, bench) = behind_a_proxy(cluster, sslmode).await;
    proxy.set(Weather::Silent);
    proxy.set(Weather::Fair);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let begun = now();
    all_well(&put_at_once(&bench.store, "after").await);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

async fn a_commit_whose_answer_is_lost_is_no_success_and_happens_once(cluster: &PostgresCluster) {
    let (proxy, bench) = behind_a_proxy(cluster, "disable").await;
    proxy.set(Weather::LosesAnswerTo("commit"));
    let outcome = put(&bench.store, "one".into()).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    assert_eq!(proxy.answers_lost(), 1);
    proxy.set(Weather::Fair);
    let again = put(&bench.store, "one".into()).await.unwrap_err();
    assert!(again.conflicts_on("notes_pkey"), "{again:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_ends_connections_or_crashes_costs_the_work_on_them_only() {
    let cluster = PostgresCluster::start().unwrap();
    let url = cluster.create_database().unwrap();
    let bench = Bench::open(&url, None).await.with_notes().await;
    let (operator, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    all_well(&put_at_once(&bench.store, "before").await);
    let ended = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'riverbank'";
    operator.batch_execute(ended).await.unwrap();
    recovers_in_a_while(&bench.store, "ended").await;

    let pid = "select pid from pg_stat_activity where application_name = 'riverbank' limit 1";
    let pid: i32 = operator.query_one(pid, &[]).await.unwrap().get(0);
    let killed = Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
    assert!(killed.success());
    recovers_in_a_while(&bench.store, "killed").await;
}

/// Calls are unavailable at most, until all are well: connections end one after the other, and each call that meets one
/// before its end is known is told so.
async fn recovers_in_a_while(store: &Store, prefix: &str) {
    for round in 0..200 {
        let outcomes = put_at_once(store, &format!("{prefix}/{round}/")).await;
        let refused: Vec<_> = outcomes.into_iter().filter(Result::is_err).collect();
        if refused.is_empty() {
            return;
        }
        all_unavailable(&refused);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{prefix}: the database does not come back");
}

/// Calls are unavailable for a while at most; from the first that is not, all are well.
async fn recovers(store: &Store, prefix: &str) {
    for round in 0..200 {
        match put(store, format!("{prefix}/{round}")).await {
            Ok(()) => return all_well(&put_at_once(store, &format!("{prefix}/after")).await),
            Err(StoreError::Unavailable(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(other) => panic!("{other:?}"),
        }
    }
    panic!("{prefix}: the database does not come back");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_a_free_place_is_unavailable_until_there_is_one() {
    let options = ClusterOptions { connections: Some(40), ..ClusterOptions::default() };
    let cluster = PostgresCluster::start_with(options).unwrap();
    let url = cluster.create_database().unwrap();
    let bench = Bench::open(&url, None).await.with_notes().await;
    let mut others = Vec::new();
    while let Ok((client, connection)) = tokio_postgres::connect(&url, NoTls).await {
        tokio::spawn(connection);
        others.push(client);
    }
    // A few connections are ours already; sixteen calls at once want more.
    let outcomes = put_at_once(&bench.store, "during").await;
    let refused = outcomes.iter().filter(|outcome| outcome.is_err()).cloned().collect::<Vec<_>>();
    assert!(!refused.is_empty());
    all_unavailable(&refused);
    // One stays, to see that the places of the others are free, which is a moment after they have gone.
    others.truncate(1);
    let taken = "select count(*) from pg_stat_activity where backend_type = 'client backend'";
    for _ in 0..200 {
        if others[0].query_one(taken, &[]).await.unwrap().get::<_, i64>(0) < 20 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    recovers(&bench.store, "after").await;
}
