//! Two servers on one PostgreSQL: what one does, the other knows.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use riverbank_testkit::client::{Caller, Partner};
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::proxy::{ChaosProxy, Weather};
use riverbank_testkit::server::{Server, ServerOptions};
use serde_json::{Value, json};

use super::world::{MONTHS_PASS, connected, guid, mx_bank, read, settled, until};

const CONTROL_KEY: &str = "the-key-of-the-control-face";
/// A master key for both.
const MASTER_KEY: &str = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn node(url: &str) -> Server {
    let options = ServerOptions { sandbox: true, ..ServerOptions::on(url) };
    let options = options.with("RIVERBANK_CONTROL_KEY", CONTROL_KEY).with("RIVERBANK_MASTER_KEY", MASTER_KEY);
    // A job of a node that died waits no longer than this.
    let options = options.with("RIVERBANK_JOB_LEASE", "8s").with("RIVERBANK_WORKERS", "4");
    Server::start(options.with("RIVERBANK_LOG", "info,riverbank_engine=debug")).expect("a server")
}

async fn clock(node: &Server) -> Value {
    let control = Caller::new(node.base_url()).header("md-control-key", CONTROL_KEY);
    control.get("/control/clock").await.root("clock")["is_frozen"].take()
}

#[tokio::test]
async fn what_one_node_does_the_other_knows() {
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    let url = cluster.create_database().expect("a new database");
    let (one, two) = (node(&url), node(&url));
    let credentials = one.create_client("acme").expect("a client");
    let here = Partner::new(Caller::new(one.base_url()), &credentials);
    let there = Partner::new(Caller::new(two.base_url()), &credentials);
    here.create_user("user").await;
    let user = there.session("user").await;
    let member = connected(&user, "password").await;
    assert_eq!(member["connection_status"], "CONNECTED");

    let same = user.clone().at(one.base_url());
    assert_eq!(read(&same, &member).await, read(&user, &member).await);
    assert_eq!(same.delete(&format!("/members/{}", guid(&member))).await.status.as_u16(), 200);
    assert_eq!(user.get(&format!("/members/{}", guid(&member))).await.error_code(), Some(4041));

    let control = Caller::new(one.base_url()).header("md-control-key", CONTROL_KEY);
    let frozen =
        control.header("content-type", "application/json").post("/control/clock/freeze", &json!({})).await;
    assert!(frozen.status.is_success(), "{frozen}");
    for glance in 0.. {
        if clock(&two).await == true {
            break;
        }
        assert!(glance < 100, "the other node does not follow the clock");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    assert_eq!(same.delete("/sessions").await.status.as_u16(), 200);
    assert_eq!(user.get("/members").await.error_code(), Some(4011));
}

/// The jobs of which a node's log has these words, with how often it has.
fn jobs(node: &Server, words: &str) -> BTreeMap<String, usize> {
    let mut jobs = BTreeMap::new();
    for line in node.log().lines().filter(|line| line.contains(words)) {
        let (_, rest) = line.split_once("job=").expect("a job");
        let guid = rest.split_whitespace().next().expect("a guid").to_owned();
        *jobs.entry(guid).or_default() += 1;
    }
    jobs
}

const TAKEN_UP: &str = "a job is taken up";
const PUT_DOWN: &str = "a job is put down";

#[tokio::test(flavor = "multi_thread")]
async fn the_jobs_of_a_killed_node_are_finished_by_the_other_and_none_runs_twice_at_once() {
    const USERS: usize = 24;
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    let url = cluster.create_database().expect("a new database");
    // On a slow link a job takes long enough to be killed in the middle.
    let (proxy, slow_url) = ChaosProxy::before(&url).expect("a proxy");
    let (mut slow, quick) = (node(&slow_url), node(&url));
    let acme = Partner::new(Caller::new(quick.base_url()), &quick.create_client("acme").expect("a client"));
    let mut users = Vec::new();
    for number in 0..USERS {
        let id = format!("user-{number}");
        acme.create_user(&id).await;
        users.push(acme.session(&id).await);
    }
    proxy.set(Weather::Slow(Duration::from_millis(20)));
    let mut made = Vec::new();
    for user in users {
        let member = user.post("/members", &mx_bank("mxuser", "password")).await.root("member");
        made.push((user, member));
    }
    for glance in 0.. {
        if !jobs(&slow, PUT_DOWN).is_empty() && jobs(&slow, TAKEN_UP).len() > jobs(&slow, PUT_DOWN).len() {
            break;
        }
        assert!(glance < 3_000, "the slow node has no jobs:\n{}", slow.log());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    slow.kill9();
    for (user, member) in &made {
        let done = settled(user, member).await;
        assert_eq!(done["connection_status"], "CONNECTED", "{done}");
        let path = format!("/members/{}/accounts", guid(member));
        assert_eq!(user.get(&path).await.root("accounts").as_array().unwrap().len(), 6);
    }

    // The lines come after what they tell of.
    until("the logs tell of all jobs", async || {
        let taken_up = jobs(&quick, TAKEN_UP);
        let all = jobs(&slow, TAKEN_UP).into_keys().chain(taken_up.keys().cloned()).collect::<BTreeSet<_>>();
        all.len() == USERS && jobs(&quick, PUT_DOWN).len() == taken_up.len()
    })
    .await;
    let [by_slow, by_quick] = [&slow, &quick].map(|node| jobs(node, PUT_DOWN));
    let [of_slow, of_quick] = [&slow, &quick].map(|node| jobs(node, TAKEN_UP));
    let once = |jobs: &BTreeMap<_, _>| jobs.values().all(|times| *times == 1);
    assert!([&by_slow, &by_quick, &of_slow, &of_quick].into_iter().all(once), "none twice on one node");
    let left: BTreeSet<_> = of_slow.keys().filter(|job| !by_slow.contains_key(*job)).collect();
    let taken_over: BTreeSet<_> = of_slow.keys().filter(|job| of_quick.contains_key(*job)).collect();
    assert!(!taken_over.is_empty(), "the slow node was killed in the middle of jobs");
    assert!(taken_over.is_subset(&left), "what was done is not done again");
    // Of what was left, some may have been done but for the last line in the log.
    let unsaid = left.len() - taken_over.len();
    assert_eq!(by_slow.len() + by_quick.len() + unsaid, USERS, "each job is done once");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_servers_each_refresh_in_the_background_happens_once() {
    const USERS: usize = 12;
    const DAYS: i64 = 3;
    /// In microseconds.
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    let url = cluster.create_database().expect("a new database");
    let (one, two) = (node(&url), node(&url));
    let acme = Partner::new(Caller::new(one.base_url()), &one.create_client("acme").expect("a client"));
    for number in 0..USERS {
        let id = format!("user-{number}");
        acme.create_user(&id).await;
        let user = acme.session(&id).await;
        assert_eq!(connected(&user, "password").await["connection_status"], "CONNECTED");
    }
    // Both move the clock, and both have a schedule that looks at it.
    for (number, node) in [&one, &two].into_iter().cycle().take(6).enumerate() {
        let control = Caller::new(node.base_url()).within(MONTHS_PASS).header("md-control-key", CONTROL_KEY);
        let control = control.header("content-type", "application/json");
        let call = if number == 0 { "freeze" } else { "advance" };
        let seconds = if number == 0 { 0 } else { (DAYS + 1) * 24 * 60 * 60 / 5 };
        let moved = control.post(&format!("/control/clock/{call}"), &json!({"seconds": seconds})).await;
        assert!(moved.status.is_success(), "{moved}");
    }
    let (client, connection) =
        tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("a connection");
    tokio::spawn(connection);
    // Of one member, refreshes are a day apart: no two are of one day, none is missing.
    let gaps = "select member_guid, count(*), min(gap), max(gap) from (
            select member_guid, created_at - lag(created_at) over (partition by member_guid order by created_at) as gap
            from jobs where is_background) refreshes group by member_guid";
    let rows = client.query(gaps, &[]).await.expect("the refreshes");
    assert_eq!(rows.len(), USERS);
    for row in rows {
        let (count, least, most): (i64, i64, i64) = (row.get(1), row.get(2), row.get(3));
        assert!((DAYS..=DAYS + 1).contains(&count), "{count} refreshes");
        assert_eq!((least, most), (DAY, DAY));
    }
}
