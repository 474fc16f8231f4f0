use serde_json::json;

use crate::testing::Server;

const GIFT: &str = "CAT-8edf9663-623e-4735-490e-31288f0a70b0";

#[tokio::test]
async fn a_rule_is_made_applied_changed_and_deleted() {
    let server = Server::with_test_banks().await;
    server.connect_to_mx_bank("acme", "u").await;
    let user = server.session("acme", "u").await;
    let text = user.get("/transactions").await.root("transactions")[0]["description"].clone();
    let body = json!({"transaction_rule": {"category_guid": GIFT, "match_description": text, "description": "Ours"}});
    let made = user.post("/transaction_rules", body).await.root("transaction_rule");
    let path = format!("/transaction_rules/{}", made["guid"].as_str().unwrap());
    assert_eq!(user.get(&format!("{path}/progress")).await.root("progress")["is_finished"], false);
    for _ in 0..5 {
        server.bench.sweep().await;
    }
    let progress = user.get(&format!("{path}/progress")).await.root("progress");
    assert_eq!(progress["is_finished"], true);
    let query = format!("/transactions?user_transaction_rule_guid={}", made["guid"].as_str().unwrap());
    let touched = user.get(&query).await.json();
    assert!(touched["pagination"]["total_entries"].as_i64().unwrap() > 0);
    let one = &touched["transactions"][0];
    assert_eq!((&one["description"], &one["category_guid"]), (&json!("Ours"), &json!(GIFT)));
    assert_eq!(
        (&one["transaction_rule_guid"], &one["category_set_by_name"]),
        (&made["guid"], &json!("SYSTEM"))
    );
    let change = json!({"transaction_rule": {"match_description": "Elsewhere"}});
    let changed = user.put(&path, change).await.root("transaction_rule");
    assert_eq!(
        (&changed["match_description"], &changed["description"]),
        (&json!("Elsewhere"), &json!("Ours"))
    );
    assert_eq!(user.get(&path).await.root("transaction_rule"), changed);
    assert_eq!(user.get("/transaction_rules").await.root("transaction_rules"), json!([changed]));
    assert_eq!(user.delete(&path).await.status.as_u16(), 204);
    assert_eq!(user.get(&path).await.error_code(), Some(4041));
    assert_eq!(user.get(&format!("{path}/progress")).await.error_code(), Some(4041));
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_is_named() {
    let server = Server::start().await;
    let user = server.session("acme", "u").await;
    for (body, code) in [
        (json!({}), 4001),
        (json!({"category_guid": GIFT, "match_description": " "}), 4002),
        (json!({"category_guid": "CAT-1", "match_description": "x"}), 4002),
        (json!({"category_guid": "nonsense", "match_description": "x"}), 4002),
    ] {
        let body = json!({"transaction_rule": body});
        assert_eq!(user.post("/transaction_rules", body.clone()).await.error_code(), Some(code), "{body}");
    }
}
