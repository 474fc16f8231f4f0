//! A rule over many transactions: it is applied in the background, its progress can be read, others go on meanwhile, and a
//! server that dies over it leaves off where the next one goes on.

use std::collections::HashMap;
use std::time::Duration;

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::world::{Backend, EDUCATION, World, guid, mx_bank, settled, test_bank};

/// How often progress is read, and at most.
const GLANCE: Duration = Duration::from_millis(10);
const GLANCES: usize = 12_000;
/// How often a rule that was applied too soon is applied again.
const AGAIN: usize = 20;

/// Reads progress until it is as wanted.
async fn progress(user: &Caller, rule: &Value, is_wanted: impl Fn(&Value) -> bool) -> Value {
    let path = format!("/transaction_rules/{}/progress", guid(rule));
    for _ in 0..GLANCES {
        let progress = user.get(&path).await.root("progress");
        if is_wanted(&progress) {
            return progress;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("the rule does not come on: {}", user.get(&path).await);
}

async fn total(user: &Caller, filter: &str) -> u64 {
    let path = format!("/transactions?from_date=2000-01-01&to_date=2100-01-01{filter}");
    user.get(&path).await.json()["pagination"]["total_entries"].as_u64().unwrap()
}

/// The description that stands most often among the newest thousand transactions.
async fn commonest(user: &Caller) -> String {
    let rows = user.get("/transactions?records_per_page=1000").await.root("transactions");
    let mut counts: HashMap<String, usize> = HashMap::new();
    for row in rows.as_array().unwrap() {
        *counts.entry(row["description"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(text, count)| (*count, text.clone())).unwrap().0
}

async fn a_rule_outlives_a_server(backend: Backend) {
    let mut world = World::on(backend).await;
    let mut user = world.user("user").await;
    let member = user.post("/members", &test_bank("password")).await.root("member");
    settled(&user, &member).await;
    user.post(&format!("/members/{}/extend_history", guid(&member)), &json!({})).await;
    settled(&user, &member).await;
    let all = total(&user, "").await;
    assert!(all > 4_000, "{all} transactions are too few to see a rule under way");
    let body = json!({"transaction_rule": {
        "category_guid": EDUCATION, "description": "By rule", "match_description": commonest(&user).await,
    }});
    let rule = user.post("/transaction_rules", &body).await.root("transaction_rule");
    let is_under_way = |progress: &Value| progress["transactions_examined"].as_u64() > Some(0);
    let mut before = progress(&user, &rule, is_under_way).await;
    // It may be over before a busy machine comes to look; with another description it is applied once more.
    for again in 0..AGAIN {
        if before["is_finished"] == false {
            break;
        }
        let description = json!({"description": format!("By rule, {again}")});
        user.put(&format!("/transaction_rules/{}", guid(&rule)), &description).await.root("transaction_rule");
        before = progress(&user, &rule, is_under_way).await;
    }
    assert_eq!(before["is_finished"], false, "{before}");
    let neighbour = world.user("neighbour").await;
    let made = neighbour.post("/members", &mx_bank("mxuser", "password")).await;
    assert!(made.status.is_success(), "{made}");
    world.server.kill9();
    world.server.start_again().expect("the server starts again on what it left");
    user = user.at(world.server.base_url());
    let after = progress(&user, &rule, |_| true).await;
    assert!(after["transactions_examined"].as_u64() >= before["transactions_examined"].as_u64(), "{after}");
    let done = progress(&user, &rule, |progress| progress["is_finished"] == true).await;
    assert_eq!(done["transactions_examined"], all);
    let under = total(&user, &format!("&user_transaction_rule_guid={}", guid(&rule))).await;
    assert_eq!((done["transactions_changed"].as_u64(), under > 100), (Some(under), true), "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_outlives_a_server_on_sqlite() {
    a_rule_outlives_a_server(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_outlives_a_server_on_postgres() {
    a_rule_outlives_a_server(Backend::Postgres).await;
}
