use serde_json::{Value, json};

use crate::testing::Server;

#[tokio::test]
async fn a_tag_is_made_put_on_a_transaction_and_deleted_with_its_taggings() {
    let server = Server::with_test_banks().await;
    server.connect_to_mx_bank("acme", "u").await;
    let user = server.session("acme", "u").await;
    let tag = user.post("/tags", json!({"tag": {"name": "Trip"}})).await.root("tag");
    assert_eq!(user.get("/tags").await.root("tags"), json!([tag]));
    let path = format!("/tags/{}", tag["guid"].as_str().unwrap());
    let renamed = user.put(&path, json!({"tag": {"name": "Journey"}})).await.root("tag");
    assert_eq!(renamed["name"], "Journey");
    let transaction = user.get("/transactions").await.root("transactions")[0]["guid"].clone();
    let body = json!({"tagging": {"tag_guid": tag["guid"], "transaction_guid": transaction}});
    let tagging = user.post("/taggings", body.clone()).await.root("tagging");
    assert_eq!(
        (&tagging["transaction_guid"], &tagging["member_is_managed_by_user"]),
        (&transaction, &json!(true))
    );
    assert_eq!(user.post("/taggings", body).await.error_code(), Some(4091));
    let listed = user.get("/taggings").await.json();
    assert_eq!((&listed["taggings"], &listed["pagination"]["total_entries"]), (&json!([tagging]), &json!(1)));
    assert_eq!(user.delete(&path).await.status.as_u16(), 204);
    assert_eq!(user.get("/taggings").await.root("taggings"), json!([]));
    let gone = format!("/taggings/{}", tagging["guid"].as_str().unwrap());
    assert_eq!(user.delete(&gone).await.error_code(), Some(4041));
}

#[tokio::test]
async fn what_is_wrong_with_a_tag_or_a_tagging_is_named() {
    let server = Server::start().await;
    let user = server.session("acme", "u").await;
    let tag = user.post("/tags", json!({"tag": {"name": "Trip"}})).await.root("tag");
    let wrong = |tag: &Value| json!({"tagging": {"tag_guid": tag, "transaction_guid": "TRN-1"}});
    for (path, body, code) in [
        ("/tags", json!({"tag": {}}), 4001),
        ("/tags", json!({"tag": {"name": ""}}), 4002),
        ("/taggings", json!({"tagging": {}}), 4001),
        ("/taggings", wrong(&json!("TAG-1")), 4041),
        ("/taggings", wrong(&tag["guid"]), 4041),
    ] {
        assert_eq!(user.post(path, body.clone()).await.error_code(), Some(code), "{path} {body}");
    }
    assert_eq!(user.put("/tags/TAG-1", json!({"tag": {"name": "x"}})).await.error_code(), Some(4041));
    let exchange = json!({"tagging": {"tag_guid": tag["guid"]}});
    assert_eq!(user.put("/taggings/TGN-1", exchange).await.error_code(), Some(4041));
}
