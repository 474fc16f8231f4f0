//! Micro deposits by files that a bank takes, and what it brings back.

use std::fs;
use std::path::Path;

use riverbank_connect::nacha::{Addenda, File, TransactionCode, read, write};
use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::webhooks::{add, body, sunk};
use super::world::{Backend, World, guid};

const HOUR: i64 = 60 * 60;

async fn begin(user: &Caller, account_number: &str) -> String {
    let deposit = json!({"micro_deposit": {
        "first_name": "Josh", "last_name": "James", "email": "josh@example.com", "account_number": account_number,
        "routing_number": "091000019", "account_type": 1,
    }});
    format!("/micro_deposits/{}", guid(&user.post("/micro_deposits", &deposit).await.root("micro_deposit")))
}

async fn status(user: &Caller, path: &str) -> Value {
    user.get(path).await.root("micro_deposit")["status_name"].clone()
}

fn sent(directory: &Path, number: u32) -> File {
    read(&fs::read(directory.join(format!("outgoing/riverbank-{number:07}.ach"))).unwrap()).unwrap()
}

async fn told(backend: Backend) {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().to_str().unwrap();
    let world = World::with(
        backend,
        &[
            ("RIVERBANK_NACHA_DIRECTORY", directory),
            ("RIVERBANK_NACHA_ROUTING_NUMBER", "122105155"),
            ("RIVERBANK_NACHA_BANK_NAME", "Our Bank"),
            ("RIVERBANK_NACHA_COMPANY_ID", "1123456789"),
            ("RIVERBANK_NACHA_COMPANY_NAME", "Riverbank"),
            ("RIVERBANK_NACHA_SETTLEMENT_ACCOUNT", "000777"),
        ],
    )
    .await;
    let control = world.control();
    control.post("/control/clock/freeze", &json!({})).await;
    // A Tuesday that is gone: on the way to one that is to come, the clock would stop each hour.
    control.post("/control/clock/set", &json!({"at": "2026-03-03T12:30:00Z"})).await;
    add(&control, &format!("{}/control/sink/mine", world.server.base_url()), &["micro_deposit"]).await;
    let user = world.user("user").await;
    let (right, wrong) = (begin(&user, "333312345").await, begin(&user, "44").await);
    world.advance(HOUR).await;
    let file = sent(folder.path(), 1);
    let entries = &file.batches[0].entries;
    assert_eq!(entries.len(), 5);
    let user = world.acme.session("user").await;
    assert_eq!(status(&user, &right).await, "REQUESTED");
    // The bank brings the second account's first deposit back.
    let mut back = file.clone();
    let returned = entries.iter().find(|entry| entry.account_number == "44").unwrap();
    let original_trace = returned.trace;
    let addenda =
        vec![Addenda::Return { code: "R02".to_owned(), original_trace, information: String::new() }];
    let mut returned = returned.clone();
    (returned.code, returned.addenda) = (TransactionCode(21), addenda);
    back.batches[0].entries = vec![returned];
    fs::write(folder.path().join("returns/today.ach"), write(&back).unwrap()).unwrap();
    world.advance(HOUR).await;
    let user = world.acme.session("user").await;
    let ended = user.get(&wrong).await.root("micro_deposit");
    let why = (&ended["status_name"], &ended["error_code"], &ended["error_message"]);
    assert_eq!(why, (&json!("ERRORED"), &json!("R02"), &json!("The account is closed.")));
    world.advance(40 * HOUR).await;
    let user = world.acme.session("user").await;
    assert_eq!(status(&user, &right).await, "DEPOSITED");
    let cents = |place: usize| {
        let deposit = entries.iter().filter(|entry| entry.account_number == "333312345").nth(place).unwrap();
        deposit.amount
    };
    let amounts = json!({"deposit_amount_1": cents(0), "deposit_amount_2": cents(1)});
    let verified = user.put(&right, &amounts).await.root("micro_deposit");
    assert_eq!(verified["status_name"], "VERIFIED");
    let names: Vec<_> = sunk(&control, 7).await.iter().map(body).collect();
    let last = &names[6]["micro_deposit"]["status_name"];
    assert_eq!((names.len(), last), (7, &json!("VERIFIED")));
    assert!(!folder.path().join("returns/today.ach").exists());
    assert_eq!(fs::read_dir(folder.path().join("outgoing")).unwrap().count(), 1);
}

#[tokio::test]
async fn deposits_go_out_in_a_file_and_what_comes_back_is_told_on_sqlite() {
    told(Backend::Sqlite).await;
}

#[tokio::test]
async fn deposits_go_out_in_a_file_and_what_comes_back_is_told_on_postgres() {
    told(Backend::Postgres).await;
}
