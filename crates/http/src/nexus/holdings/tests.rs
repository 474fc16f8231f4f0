use serde_json::{Value, json};

use crate::testing::Server;

#[tokio::test]
async fn the_positions_of_mx_bank_are_listed_and_changed() {
    let server = Server::with_test_banks().await;
    let member = server.connect_to_mx_bank("acme", "u").await;
    let user = server.session("acme", "u").await;
    let holdings = user.get("/holdings").await.root("holdings");
    let one = &holdings[0];
    assert!(one["guid"].as_str().unwrap().starts_with("HOL-"));
    assert_eq!((&one["description"], &one["description_set_by"]), (&one["feed_description"], &json!(1)));
    assert_eq!(user.get(&format!("/members/{member}/holdings")).await.root("holdings"), holdings);
    let account = one["account_guid"].as_str().unwrap();
    assert_eq!(user.get(&format!("/accounts/{account}/holdings")).await.root("holdings"), holdings);
    let path = format!("/holdings/{}", one["guid"].as_str().unwrap());
    assert_eq!(user.get(&path).await.root("holding"), *one);
    let change = json!({"holding": {"cost_basis": 12.25, "metadata": "m"}});
    let changed = user.put(&path, change).await.root("holding");
    assert_eq!((&changed["cost_basis"], &changed["cost_basis_set_by_name"]), (&json!(12.25), &json!("USER")));
    assert_eq!((&changed["feed_cost_basis"], &changed["metadata"]), (&one["feed_cost_basis"], &json!("m")));
    assert_ne!(changed["cost_basis_updated_at"], Value::Null);
    let odd = json!({"holding": {"currency_code": "dollars"}});
    assert_eq!(user.put(&path, odd).await.error_code(), Some(4002));
    let stranger = server.session("acme", "v").await;
    assert_eq!(stranger.get("/holdings").await.root("holdings"), json!([]));
    for path in [path, format!("/accounts/{account}/holdings"), format!("/members/{member}/holdings")] {
        assert_eq!(stranger.get(&path).await.error_code(), Some(4041), "{path}");
    }
}
