//! Schemathesis, a judge that is not ours, calls every operation of the served document with what is right and what is
//! wrong, and holds every answer against the document. `hooks.py` tells it what chance would not find.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use jiff::{SignedDuration, Timestamp};
use riverbank_testkit::client::{Caller, Partner};
use serde_json::{Value, json};

use crate::journeys::world::{
    Backend, CONTROL_KEY, LOGIN, MX_BANK, MX_BANK_OAUTH, PASSWORD, World, connected, credentials,
    first_insight, guid, settled, test_bank,
};

const API: &str = "/openapi.json";
const CONTROL: &str = "/control/openapi.json";
/// Not called: they take from under the other calls what those need.
const APART: [&str; 2] = ["resetState", "restoreSnapshot"];

#[tokio::test]
async fn every_call_is_answered_as_the_document_says_on_sqlite() {
    judge(Backend::Sqlite, API).await;
}

#[tokio::test]
async fn every_call_is_answered_as_the_document_says_on_postgres() {
    judge(Backend::Postgres, API).await;
}

#[tokio::test]
async fn every_control_call_is_answered_as_the_document_says_on_sqlite() {
    judge(Backend::Sqlite, CONTROL).await;
}

#[tokio::test]
async fn every_control_call_is_answered_as_the_document_says_on_postgres() {
    judge(Backend::Postgres, CONTROL).await;
}

/// Has every operation of a document called.
async fn judge(backend: Backend, document: &str) {
    let world = World::on(backend).await;
    let seeds = seeds(&world).await;
    let (output, successes) = schemathesis(&world, document, &seeds);
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let operations = operations(&Caller::new(world.server.base_url()).get(document).await.json());
    assert!(!operations.is_empty());
    let never: Vec<_> =
        operations.into_iter().filter(|operation| !successes.contains_key(operation)).collect();
    assert!(never.is_empty(), "never answered with success: {never:?}");
}

/// The ids of the operations of a document that are called.
fn operations(document: &Value) -> BTreeSet<String> {
    let items = document["paths"].as_object().into_iter().flat_map(|paths| paths.values());
    let operations = items.filter_map(Value::as_object).flat_map(|item| item.values());
    let ids = operations.map(|operation| operation["operationId"].as_str().expect("an id"));
    ids.filter(|id| !APART.contains(id)).map(str::to_owned).collect()
}

/// What exists before the run, and what `partner.py` needs to make more.
async fn seeds(world: &World) -> Value {
    let client = world.server.create_client("judged").unwrap();
    let partner = Partner::new(Caller::new(world.server.base_url()), &client);
    partner.create_user("user").await;
    partner.create_user("guest").await;
    let user = partner.session("user").await;

    let member = user.post("/members", &test_bank("password")).await.root("member");
    let member = settled(&user, &member).await;
    let asked = connected(&user, "challenge").await;
    let forced = json!({"member": {"institution_guid": MX_BANK, "connection_status": "CHALLENGED"}});
    let challenged = user.post("/members", &forced).await.root("member");
    let held = json!({"member": {
        "id": "held", "institution_id": MX_BANK, "credentials": credentials("mxuser", "password"),
    }});
    partner.mdx().post("/mdx/judged/users/guest/members", &held).await.root("member");

    let control = world.control();
    let told = format!("{}/control/sink/told", world.server.base_url());
    let endpoint = json!({"webhook": {"client_id": "other", "url": told, "events": ["user"]}});
    let endpoint = control.post("/control/webhooks", &endpoint).await.root("webhook");
    let sample = format!("/control/webhooks/{}/test", guid(&endpoint));
    let message = control.post(&sample, &json!({})).await.root("message");
    let clock = control.get("/control/clock").await.root("clock");
    control.post("/control/state/snapshots", &json!({"name": "mine"})).await.root("snapshot");

    let deposit =
        json!({"micro_deposit": {"first_name": "Ada", "last_name": "Doe", "email": "ada@example.com"}});
    let deposit = user.post("/micro_deposits", &deposit).await.root("micro_deposit");

    // Little is left in it, which is told.
    let spent = json!({"account": {"name": "Checking", "account_type": 1, "balance": 1}});
    user.post("/accounts", &spent).await.root("account");
    let insight = first_insight(&user).await;

    let accounts = user.get("/accounts").await.root("accounts");
    let holdings = user.get("/holdings").await.root("holdings");
    // Blocking takes the holdings of an account with it, which other calls read.
    let is_read = |account: &&Value| {
        holdings.as_array().into_iter().flatten().any(|holding| holding["account_guid"] == account["guid"])
    };
    let expendable = accounts.as_array().into_iter().flatten().find(|account| !is_read(account));
    let expendable = expendable.expect("an account without holdings");
    let transactions = user.get("/transactions").await.root("transactions");
    let days: BTreeSet<_> = each(&transactions, "date").into_iter().collect();
    json!({
        "base_url": world.server.base_url(),
        "client_id": client.client_id,
        "api_key": client.api_key,
        "control_key": CONTROL_KEY,
        "user": "user",
        "bank": MX_BANK,
        "oauth_bank": MX_BANK_OAUTH,
        "credentials": {"login": LOGIN, "password": PASSWORD},
        "asked": guid(&asked),
        "expendable": guid(expendable),
        "moments": moments(&clock),
        "values": {
            "account_guid": each(&accounts, "guid"),
            "beat_guid": [insight],
            "category_guid": each(&transactions, "category_guid"),
            "client_id": [client.client_id],
            "end_date": [days.last()],
            "holding_guid": each(&holdings, "guid"),
            "insight_guid": [insight],
            "institution": [MX_BANK, "mxbank"],
            "institution_guid": [MX_BANK, MX_BANK_OAUTH],
            "job_guid": [member["most_recent_job_guid"], asked["most_recent_job_guid"]],
            "member_guid": [guid(&member), guid(&challenged)],
            "member_id": ["held"],
            "merchant_guid": [STARBUCKS],
            "merchant_location_guid": [STARBUCKS_OF_PIKE_PLACE],
            "message_guid": [guid(&message)],
            "micro_deposit_guid": [guid(&deposit)],
            "name": ["mine"],
            "start_date": [days.first()],
            "transaction_guid": each(&transactions, "guid"),
            "user_guid": [member["user_guid"]],
            "user_id": ["guest"],
            "webhook_guid": [guid(&endpoint)],
        },
    })
}

/// A merchant of the catalogue, and one of its places.
const STARBUCKS: &str = "MCH-fc769ad5-b28c-884c-80d5-c3fc011324bb";
const STARBUCKS_OF_PIKE_PLACE: &str = "MCL-8b54e827-1b0e-850f-8613-c020f538218f";

/// Times within the quarter of an hour after what a clock shows.
fn moments(clock: &Value) -> Vec<String> {
    let now: Timestamp = clock["now"].as_str().expect("a time").parse().expect("a time");
    (0..15).map(|minutes| (now + SignedDuration::from_mins(minutes)).to_string()).collect()
}

fn each(list: &Value, field: &str) -> Vec<String> {
    let values = list.as_array().into_iter().flatten().map(|one| one[field].as_str());
    values.map(|value| value.expect("text").to_owned()).collect()
}

/// Runs it; gives what it printed, and how many successes each operation had.
fn schemathesis(world: &World, document: &str, seeds: &Value) -> (Output, BTreeMap<String, u64>) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = package.join("../../target/venv/bin/python");
    assert!(python.exists(), "schemathesis is not here; `cargo xtask test` installs it");
    let (ours, scratch) = (package.join("tests/schemathesis"), world.server.directory());
    let (seeds_file, successes_file) = (scratch.join("seeds.json"), scratch.join("successes.json"));
    fs::write(&seeds_file, seeds.to_string()).unwrap();
    let output = Command::new(python)
        .args(["-m", "schemathesis.cli", "--config-file"])
        .arg(ours.join("schemathesis.toml"))
        .args(["run", "--no-color"])
        .args(APART.map(|operation| format!("--exclude-operation-id={operation}")))
        .arg(format!("{}{document}", world.server.base_url()))
        .current_dir(scratch)
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONPATH", &ours)
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("RIVERBANK_SEEDS", &seeds_file)
        .env("RIVERBANK_SUCCESSES", &successes_file)
        .output()
        .unwrap();
    let successes = fs::read(successes_file).ok().and_then(|text| serde_json::from_slice(&text).ok());
    (output, successes.unwrap_or_default())
}
