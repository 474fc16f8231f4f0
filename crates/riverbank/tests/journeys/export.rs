//! The ledger of a user as a file.

use std::fs;

use riverbank_testkit::ofx_judges::{read_by_libofx, read_by_ofxtools};
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, guid, settled, test_bank};

/// What the command prints.
fn exported(world: &World, user: &str, format: &str) -> String {
    world.server.run(&["export", "--user", user, "--format", format]).unwrap()
}

fn sorted(list: &Value) -> Vec<Value> {
    let mut list = list.as_array().unwrap().clone();
    list.sort_by_key(|one| guid(one).to_owned());
    list
}

/// Hundredths of a cent, as amounts are kept.
fn signed(one: &Value) -> i64 {
    let amount = (one["amount"].as_f64().unwrap() * 10_000.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "amounts of a test")]
    let amount = amount as i64;
    if one["transaction_type"] == 2 { -amount } else { amount }
}

journeys! {
    async fn a_ledger_is_exported_as_the_api_shows_it_and_as_other_programs_read_it(world: &World) {
        let user = world.user("user").await;
        settled(&user, &user.post("/members", &test_bank("any")).await.root("member")).await;
        let listed = "/transactions?records_per_page=1000";
        let all = user.get(listed).await.root("transactions");
        let whole = all.as_array().unwrap().iter().find(|one| one["amount"].as_f64() > Some(2.0)).unwrap().clone();
        let rest = (whole["amount"].as_f64().unwrap() * 100.0 - 100.0).round() / 100.0;
        let parts = json!({"transactions": [{"amount": 1, "description": "=1+1"}, {"amount": rest, "description": "Rest"}]});
        let split = user.post(&format!("/transactions/{}/split", guid(&whole)), &parts).await;
        assert_eq!(split.status.as_u16(), 200, "{split}");
        let tag = user.post("/tags", &json!({"tag": {"name": "Trip"}})).await.root("tag");
        let tagging = json!({"tagging": {"tag_guid": guid(&tag), "transaction_guid": guid(&whole)}});
        assert_eq!(user.post("/taggings", &tagging).await.status.as_u16(), 200);
        let all = user.get(listed).await.root("transactions");
        let owner = whole["user_guid"].as_str().unwrap();

        let document: Value = serde_json::from_str(&exported(world, owner, "json")).unwrap();
        assert_eq!(document["user"], user.get("/user").await.root("user"));
        for (list, path) in [
            ("members", "/members"), ("accounts", "/accounts"), ("holdings", "/holdings"), ("tags", "/tags"),
            ("taggings", "/taggings"), ("transaction_rules", "/transaction_rules"), ("transactions", listed),
        ] {
            let shown = user.get(path).await.root(list);
            assert_eq!(sorted(&document[list]), sorted(&shown), "{list}");
        }
        assert_eq!(document["categories"], json!([]));
        assert_eq!(document["transactions"].as_array().unwrap().len(), all.as_array().unwrap().len());

        let table = exported(world, owner, "csv");
        assert!(table.starts_with("guid,date,posted_on,status,amount,"), "{}", &table[..200]);
        assert!(table.contains(",'=1+1,"));
        assert!(!table.contains(&format!("\n{},", guid(&whole))));
        assert_eq!(table.lines().count(), all.as_array().unwrap().len());

        let file = exported(world, owner, "ofx");
        // Wholes, and what is booked.
        let wholes: Vec<_> = all.as_array().unwrap().iter().filter(|one| {
            one["parent_guid"].is_null() && one["status"] == 1
        }).collect();
        let judged = read_by_ofxtools(file.as_bytes());
        assert_eq!(judged.len(), wholes.len());
        assert_eq!(judged, read_by_libofx(file.as_bytes()));
        let sum: i64 = judged.iter().map(|one| one.amount.units()).sum();
        assert_eq!(sum, wholes.iter().map(|one| signed(one)).sum::<i64>());
        let path = world.server.directory().join("ledger.ofx");
        fs::write(&path, file).unwrap();
        let read: Value = serde_json::from_str(&world.server.run(&["ofx", "read", "--json", "ledger.ofx"]).unwrap()).unwrap();
        let accounts = read["accounts"].as_array().unwrap();
        let count: usize = accounts.iter().map(|account| account["transactions"].as_array().unwrap().len()).sum();
        assert_eq!((accounts.len(), count, &read["warnings"]), (7, wholes.len(), &json!([])));

        let nobody = world.server.output(&["export", "--user", "USR-00000000-0000-4000-8000-000000000000", "--format", "csv"]).unwrap();
        assert!(!nobody.status.success());
        assert!(String::from_utf8_lossy(&nobody.stderr).contains("there is no user USR-00000000"));
    }
}
