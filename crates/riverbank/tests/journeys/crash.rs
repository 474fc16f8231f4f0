//! kill -9 in the middle of creates and aggregations: what was acknowledged is there, nothing twice, nothing stuck.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use riverbank_testkit::client::{Caller, Method, Partner};
use riverbank_testkit::postgres::{ClusterOptions, PostgresCluster};
use riverbank_testkit::server::{Server, ServerOptions};
use serde_json::{Value, json};

use super::world::{MX_BANK, credentials, settled, until};

const LIVES: usize = 20;
const CREATES: usize = 100;
const CALLERS: usize = 8;
/// Lives between two rests, fewer than the interruptions that a job outlives: `limits::JOB_INTERRUPTIONS`.
const LIVES_WITHOUT_REST: usize = 4;

/// What callers are told, and tell.
#[derive(Default)]
struct Load {
    dead: AtomicBool,
    acknowledged: AtomicUsize,
}

/// Creates members until the server dies, each with a login of its own; gives the guids that were acknowledged.
async fn create_until_death(user: Caller, life: usize, caller: usize, load: Arc<Load>) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for number in (caller..CREATES).step_by(CALLERS) {
        if load.dead.load(Ordering::SeqCst) {
            break;
        }
        let login = if number % 4 == 0 { "mxuser".to_owned() } else { format!("login-{life}-{number}") };
        let member = json!({"member": {
            "institution_guid": MX_BANK,
            "credentials": credentials(&login, "password"),
            "external_guid": format!("{life}-{number}"),
        }});
        let Ok(answer) = user.send(Method::POST, "/members", Some(&member)).await else {
            break;
        };
        if answer.status.is_success() {
            acknowledged.push(answer.root("member")["guid"].as_str().unwrap().to_owned());
            load.acknowledged.fetch_add(1, Ordering::SeqCst);
        }
    }
    acknowledged
}

/// Every member of these users, with its user, once its job has ended.
async fn at_rest(acme: &Partner, users: usize) -> Vec<(Caller, Value)> {
    let mut done = Vec::new();
    for number in 0..users {
        let user = acme.session(&format!("user-{number}")).await;
        let members = user.get("/members?records_per_page=1000").await.root("members");
        for member in members.as_array().expect("a list") {
            done.push((user.clone(), settled(&user, member).await));
        }
    }
    done
}

async fn lives(mut server: Server) {
    let credentials = server.create_client("acme").expect("a client");
    let mut acknowledged = BTreeSet::new();
    let mut users = 0;
    for life in 0..LIVES {
        let acme = Partner::new(Caller::new(server.base_url()), &credentials);
        let mut callers = tokio::task::JoinSet::new();
        let load = Arc::new(Load::default());
        for caller in 0..CALLERS {
            let id = format!("user-{users}");
            users += 1;
            acme.create_user(&id).await;
            let user = acme.session(&id).await;
            callers.spawn(create_until_death(user, life, caller, Arc::clone(&load)));
        }
        // Each life is a little longer than the one before, so that death comes at different places.
        until("creates are acknowledged", async || load.acknowledged.load(Ordering::SeqCst) > 1).await;
        tokio::time::sleep(Duration::from_millis(15 * u64::try_from(life).unwrap())).await;
        server.kill9();
        load.dead.store(true, Ordering::SeqCst);
        acknowledged.extend(callers.join_all().await.into_iter().flatten());
        server.start_again().expect("the server starts again on what it left");
        if (life + 1) % LIVES_WITHOUT_REST == 0 {
            at_rest(&Partner::new(Caller::new(server.base_url()), &credentials), users).await;
        }
    }
    assert!(acknowledged.len() > LIVES, "{} creates were acknowledged", acknowledged.len());
    let acme = Partner::new(Caller::new(server.base_url()), &credentials);
    let mut there = BTreeSet::new();
    let mut external = BTreeSet::new();
    for (user, done) in at_rest(&acme, users).await {
        assert_eq!(done["is_being_aggregated"], Value::Bool(false), "{done}");
        assert!(["CONNECTED", "DENIED"].contains(&done["connection_status"].as_str().unwrap()), "{done}");
        assert!(there.insert(done["guid"].as_str().unwrap().to_owned()), "{done} is there twice");
        assert!(external.insert(done["external_guid"].as_str().unwrap().to_owned()), "{done} is there twice");
        if done["connection_status"] == "CONNECTED" {
            let path = format!("/members/{}/accounts", done["guid"].as_str().unwrap());
            assert_eq!(user.get(&path).await.root("accounts").as_array().unwrap().len(), 6, "{done}");
        }
    }
    let lost: Vec<_> = acknowledged.difference(&there).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    server.stop().expect("a clean stop");
}

fn sandbox(options: ServerOptions) -> Server {
    Server::start(ServerOptions { sandbox: true, ..options }).expect("a server")
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_deaths_lose_nothing_on_sqlite() {
    lives(sandbox(ServerOptions::default())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_deaths_lose_nothing_on_postgres() {
    let cluster = PostgresCluster::start_with(ClusterOptions { durable: true, ..ClusterOptions::default() });
    let cluster = cluster.expect("a temporary PostgreSQL");
    let options = ServerOptions::on(cluster.create_database().expect("a new database"));
    // What a dead server held is taken over soon.
    lives(sandbox(options.with("RIVERBANK_JOB_LEASE", "5s"))).await;
}
