use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::testing::Server;

const EDUCATION: &str = "CAT-bf5c9cca-c96b-b50d-440d-38d9adfda5b0";
const GROCERIES: &str = "CAT-b1de2a04-db08-b6ed-f6fe-ca2f5b11c2d0";
const HOME: &str = "CAT-b709172b-4eb7-318e-3b5d-e0f0500b32ac";
const GAS: &str = "CAT-b6d63a19-30a7-e852-2703-bdfb4072289e";
const INCOME: &str = "CAT-bf9f3294-4c40-1677-d269-54fbc189faf3";

fn under(parent: &str) -> Value {
    json!({"category": {"name": "Chess lessons", "parent_guid": parent}})
}

#[tokio::test]
async fn the_default_tree_is_listed_with_its_documented_ids() {
    let server = Server::start().await;
    let user = server.session("acme", "u").await;
    let listed = user.get("/categories").await.root("categories");
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 118);
    let top = listed.iter().filter(|one| one["parent_guid"].is_null());
    assert_eq!(top.count(), 21);
    let insurance = json!({
        "created_at": null,
        "guid": "CAT-de7c2dc7-90e6-85a2-6509-5ec10942e887",
        "is_default": true,
        "is_income": false,
        "metadata": null,
        "name": "Auto Insurance",
        "parent_guid": "CAT-7829f71c-2e8c-afa5-2f55-fa3634b89874",
        "updated_at": null,
    });
    assert!(listed.contains(&insurance));
    let read = user.get("/categories/CAT-de7c2dc7-90e6-85a2-6509-5ec10942e887").await.root("category");
    assert_eq!(read, insurance);
    let paycheck = user.get("/categories/CAT-982ea9e6-3f0e-0c5b-611b-6657a10ba819").await.root("category");
    assert_eq!(paycheck["is_income"], true);
}

#[tokio::test]
async fn a_category_is_made_changed_and_deleted() {
    let server = Server::start().await;
    let user = server.session("acme", "u").await;
    let made = user.post("/categories", under(EDUCATION)).await.root("category");
    assert_eq!((&made["is_default"], &made["name"]), (&json!(false), &json!("Chess lessons")));
    let path = format!("/categories/{}", made["guid"].as_str().unwrap());
    let change = json!({"category": {"name": "Go lessons", "metadata": "m"}});
    let changed = user.put(&path, change).await.root("category");
    assert_eq!((&changed["name"], &changed["metadata"]), (&json!("Go lessons"), &json!("m")));
    assert_eq!(user.get(&path).await.root("category"), changed);
    assert_eq!(user.get("/categories").await.root("categories")[118], changed);
    assert_eq!(user.delete(&path).await.status.as_u16(), 204);
    for gone in [user.get(&path).await, user.delete(&path).await] {
        assert_eq!(gone.error_code(), Some(4041));
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_category_is_named() {
    let server = Server::start().await;
    let user = server.session("acme", "u").await;
    let wrong = async |body: Value| {
        let refused = user.post("/categories", body).await;
        (refused.error_code().unwrap(), refused.json()["error"]["message"].as_str().unwrap().to_owned())
    };
    assert_eq!(
        wrong(json!({})).await,
        (4001, "Required parameters are missing: name, parent_guid.".to_owned())
    );
    let at_the_top = "parent_guid must be the guid of a top-level default category.".to_owned();
    assert_eq!(wrong(under(GROCERIES)).await, (4002, at_the_top.clone()));
    assert_eq!(wrong(json!({"name": "x", "parent_guid": "nonsense"})).await, (4002, at_the_top));
    let nameless = json!({"name": "", "parent_guid": HOME});
    assert_eq!(wrong(nameless).await, (4002, "name must not be empty.".to_owned()));
    let default = format!("/categories/{GAS}");
    assert_eq!(user.put(&default, json!({"category": {"name": "Fuel"}})).await.error_code(), Some(4002));
    assert_eq!(user.delete(&default).await.error_code(), Some(4002));
    let made = user.post("/categories", under(HOME)).await.root("category");
    let path = format!("/categories/{}", made["guid"].as_str().unwrap());
    assert_eq!(user.put(&path, json!({"category": {}})).await.error_code(), Some(4002));
    let stranger = server.session("acme", "v").await;
    assert_eq!(stranger.put(&path, json!({"category": {"name": "mine"}})).await.error_code(), Some(4041));
    assert_eq!(stranger.delete(&path).await.error_code(), Some(4041));
    assert_eq!(stranger.get(&path).await.error_code(), Some(4041));
}

#[tokio::test]
async fn the_totals_are_those_of_the_transactions_of_each_category() {
    let server = Server::with_test_banks().await;
    server.connect_to_mx_bank("acme", "u").await;
    let user = server.session("acme", "u").await;
    let page = "/transactions?records_per_page=1000&from_date=2025-12-01&to_date=2025-12-31";
    let rows = user.get(page).await.root("transactions");
    let rows = rows.as_array().unwrap();
    let hundredths = |amount: &Value| {
        let text = amount.to_string();
        let (whole, parts) = text.split_once('.').unwrap_or((&text, ""));
        format!("{whole}{parts:0<2}").parse::<i64>().unwrap()
    };
    let summed = |of: Option<&Value>| {
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for row in rows.iter().filter(|row| of.is_none_or(|account| row["account_guid"] == *account)) {
            let income = row["top_level_category_guid"] == json!(INCOME);
            let credit = row["transaction_type"] == json!(1);
            let amount = hundredths(&row["amount"]);
            *sums.entry(row["category_guid"].as_str().unwrap().to_owned()).or_default() +=
                if income == credit { amount } else { -amount };
        }
        sums
    };
    let totals = async |query: &str| {
        let path = format!("/date_range_category_totals/from/2025-12-01/to/2025-12-31{query}");
        let found = user.get(&path).await.root("date_range_category_totals");
        let read = |one: &Value| {
            assert_eq!(
                (&one["start_date"], &one["end_date"]),
                (&json!(1_764_547_200), &json!(1_767_139_200))
            );
            (one["category_guid"].as_str().unwrap().to_owned(), hundredths(&one["total"]))
        };
        found.as_array().unwrap().iter().map(read).collect::<BTreeMap<_, _>>()
    };
    let all = summed(None);
    assert!(all.len() > 5, "{all:?}");
    assert_eq!(totals("").await, all);
    let account = &rows[0]["account_guid"];
    let one = account.as_str().unwrap();
    assert_eq!(totals(&format!("?account_guid={one}")).await, summed(Some(account)));
    assert_eq!(totals(&format!("?account_guid[]={one}&account_guid[]=ACT-1")).await, summed(Some(account)));
    assert_eq!(totals("?account_guid=ACT-1").await, BTreeMap::new());
    let stranger = server.session("acme", "v").await;
    let path = "/date_range_category_totals/from/2025-12-01/to/2025-12-31";
    assert_eq!(stranger.get(path).await.root("date_range_category_totals"), json!([]));
    let wrong = "/date_range_category_totals/from/yesterday/to/2025-12-31";
    assert_eq!(user.get(wrong).await.error_code(), Some(4002));
}
