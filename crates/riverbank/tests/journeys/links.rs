//! PostgreSQL behind a link that breaks: worded refusals in bounded time, and nothing to mend by hand.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use riverbank_testkit::client::Caller;
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::proxy::{ChaosProxy, Weather};
use riverbank_testkit::server::ServerOptions;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::world::{World, assert_unavailable, connect, mx_bank, read, settled, told_apart, until};

/// More than any answer takes: 5 seconds for a connection, and 12 for an answer of the database.
const BOUND: Duration = Duration::from_secs(20);
const CALLERS: usize = 4;

/// A world behind a proxy, on a database server of its own.
async fn world() -> (PostgresCluster, ChaosProxy, World) {
    let cluster = PostgresCluster::start().expect("a temporary PostgreSQL");
    let (proxy, url) =
        ChaosProxy::before(&cluster.create_database().expect("a new database")).expect("a proxy");
    let world = World::start(ServerOptions::on(url).with("RIVERBANK_CHALLENGE_TIMEOUT", "3s")).await;
    (cluster, proxy, world)
}

/// What became of the members that a caller wanted: whether they were acknowledged.
type Wishes = BTreeMap<String, bool>;

/// What callers are told, and tell.
#[derive(Default)]
struct Load {
    stop: AtomicBool,
    /// Callers of which a create was acknowledged.
    at_work: AtomicUsize,
}

/// Creates members, each with a login of its own, until told to stop.
async fn create(user: Caller, prefix: String, load: Arc<Load>) -> (Caller, Wishes) {
    let mut wishes = Wishes::new();
    while !load.stop.load(Ordering::SeqCst) {
        let login = format!("{prefix}-{}", wishes.len());
        let answer =
            timeout(BOUND, user.post("/members", &told_apart(&login))).await.expect("an answer in time");
        if answer.status != 200 {
            assert_unavailable(&answer);
        } else if wishes.is_empty() {
            load.at_work.fetch_add(1, Ordering::SeqCst);
        }
        sleep(Duration::from_millis(50)).await;
        wishes.insert(login, answer.status == 200);
    }
    (user, wishes)
}

/// As many requests at once as the pool has connections all succeed.
async fn all_well_at_once(user: &Caller) {
    let mut requests = JoinSet::new();
    for _ in 0..24 {
        let user = user.clone();
        requests.spawn(async move { user.get("/members").await });
    }
    for answer in requests.join_all().await {
        assert_eq!(answer.status, 200, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_breaks_under_load_is_5031_for_a_while_and_forgotten_after() {
    let (mut cluster, proxy, world) = world().await;
    let health = Caller::new(world.server.base_url());
    for round in ["cut", "silent", "restart"] {
        let load = Arc::new(Load::default());
        let mut callers = JoinSet::new();
        for caller in 0..CALLERS {
            let user = world.user(&format!("{round}-{caller}")).await;
            let member = connect(&user, "password").await;
            settled(&user, &member).await;
            callers.spawn(create(user, format!("{round}-{caller}"), Arc::clone(&load)));
        }
        until("each caller is at work", async || load.at_work.load(Ordering::SeqCst) == CALLERS).await;
        match round {
            "cut" => proxy.set(Weather::Cut),
            "silent" => proxy.set(Weather::Silent),
            _ => cluster.stop().unwrap(),
        }
        assert_eq!(health.get("/health/live").await.status, 200);
        let not_ready = timeout(Duration::from_secs(5), health.get("/health/ready")).await.unwrap();
        assert_eq!(not_ready.error_code(), Some(5031), "{not_ready}");
        load.stop.store(true, Ordering::SeqCst);
        let made = callers.join_all().await;
        let answer = timeout(BOUND, made[0].0.get("/members")).await.unwrap();
        assert_unavailable(&answer);
        proxy.set(Weather::Fair);
        if round == "restart" {
            cluster.start_again().unwrap();
        }
        all_well_at_once(&made[0].0).await;
        assert_eq!(health.get("/health/ready").await.status, 200);

        for (user, wishes) in made {
            assert!(wishes.values().any(|acknowledged| *acknowledged), "{wishes:?}");
            for (login, acknowledged) in &wishes {
                let again = user.post("/members", &told_apart(login)).await;
                let lawful: &[Option<i64>] = if *acknowledged { &[Some(4220)] } else { &[None, Some(4220)] };
                assert!(lawful.contains(&again.error_code()), "{acknowledged}: {again}");
            }
            let members = user.get("/members?records_per_page=1000").await.root("members");
            assert_eq!(members.as_array().unwrap().len(), wishes.len() + 1);
            for member in members.as_array().unwrap() {
                // An attempt that we interrupted is no attempt: it would end in FAILED.
                let done = settled(&user, member).await;
                let status = if done["external_guid"].is_null() { "CONNECTED" } else { "DENIED" };
                assert_eq!(done["connection_status"], status, "{done}");
            }
        }
    }

    let log = world.server.logged("the database is available again").await;
    for words in ["the database is not available", "the database is available again"] {
        let told = log.matches(&format!("riverbank_store::db::outage: {words}")).count();
        assert!((1..=3).contains(&told), "{told} times: {words}\n{log}");
    }
    // The schedule has survived as well.
    let user = world.user("asked").await;
    let member = connect(&user, "challenge").await;
    let begun = Instant::now();
    while read(&user, &member).await["connection_status"] != "EXPIRED" {
        assert!(begun.elapsed() < BOUND, "the challenge does not expire");
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_is_5031_and_its_retry_4220() {
    let (_cluster, proxy, world) = world().await;
    let user = world.user("user").await;
    let mut body = mx_bank("mxuser", "password");
    body["member"]["skip_aggregation"] = json!(true);
    proxy.set(Weather::LosesAnswerTo("commit"));
    assert_unavailable(&user.post("/members", &body).await);
    assert!(proxy.answers_lost() > 0);
    proxy.set(Weather::Fair);
    assert_eq!(user.post("/members", &body).await.error_code(), Some(4220));
    assert_eq!(user.get("/members").await.root("members").as_array().unwrap().len(), 1);
}
