use serde_json::{Value, json};

use crate::testing::Server;

fn all_fields() -> Value {
    json!({
        "birthdate": "1959-07-17", "credit_score": "718", "email": "fake.email@mxexample.com", "first_name": "John",
        "gender": "MALE", "is_disabled": true, "is_excluded_from_analytics": true, "last_name": "Doe",
        "metadata": "Additional information", "phone": "5055551234", "zip_code": "87101",
    })
}

fn with(mut fields: Value, name: &str, value: impl Into<Value>) -> Value {
    fields[name] = value.into();
    fields
}

#[tokio::test]
async fn a_user_comes_back_with_all_fields_a_guid_and_a_formatted_phone() {
    let server = Server::start().await;
    let acme = server.client("acme").await;
    let body = json!({"user": with(all_fields(), "id", "U-1")});
    let created = acme.post("/mdx/acme/users.json", body).await;
    assert_eq!(created.status, 200, "{created}");
    assert_eq!(created.header("content-type"), Some("application/vnd.moneydesktop.mdx.v5+json"));
    assert_eq!(created.header("cache-control"), Some("no-store"));
    let user = created.root("user");
    let expected = with(with(all_fields(), "phone", "(505) 555-1234"), "credit_score", 718);
    let expected =
        with(with(with(expected, "id", "U-1"), "logged_in_at", Value::Null), "guid", user["guid"].clone());
    assert_eq!(user, expected);
    assert!(user["guid"].as_str().unwrap().starts_with("USR-"));
    for path in ["/mdx/acme/users/U-1", "/mdx/acme/users/U-1.json"] {
        assert_eq!(acme.get(path).await.root("user"), user);
    }
}

#[tokio::test]
async fn a_body_without_its_root_makes_a_user_too_and_only_id_is_needed() {
    let server = Server::start().await;
    let acme = server.client("acme").await;
    let user = acme.post("/mdx/acme/users", json!({"id": "U-1", "surprise": 1})).await.root("user");
    assert_eq!((&user["is_disabled"], &user["email"]), (&json!(false), &Value::Null));
    let refused = acme.post("/mdx/acme/users", json!({"user": {"first_name": "John"}})).await;
    assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(4001)));
    assert_eq!(refused.json()["error"]["message"], "Required parameter is missing: id.");
}

#[tokio::test]
async fn a_used_id_is_409_within_the_client() {
    let server = Server::start().await;
    let (acme, other) = (server.client("acme").await, server.client("other").await);
    let body = json!({"user": {"id": "U-1"}});
    acme.post("/mdx/acme/users", body.clone()).await.root("user");
    let again = acme.post("/mdx/acme/users", body.clone()).await;
    assert_eq!((again.status.as_u16(), again.error_code()), (409, Some(4091)));
    assert_eq!(again.json()["error"]["message"], "User already exists.");
    assert_eq!(other.post("/mdx/other/users", body).await.status, 200);
}

#[tokio::test]
async fn a_field_without_its_form_is_named() {
    let server = Server::start().await;
    let acme = server.client("acme").await;
    acme.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
    let wrong = [
        ("birthdate", json!("17.7.1959")),
        ("credit_score", json!("7x")),
        ("credit_score", json!(-1)),
        ("credit_score", json!(1.5)),
        ("email", json!("nobody")),
        ("email", json!(format!("{}@b.de", "a".repeat(100)))),
        ("first_name", json!("a".repeat(51))),
        ("gender", json!("male")),
        ("is_disabled", json!("true")),
        ("last_name", json!(1)),
        ("metadata", json!("a".repeat(65_537))),
        ("phone", json!("1".repeat(16))),
        ("zip_code", json!("SW1A 1AA")),
    ];
    for (field, value) in wrong {
        let body = json!({"user": with(json!({"id": "U-2"}), field, value.clone())});
        let refused = acme.post("/mdx/acme/users", body).await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(4002)), "{field} {value}");
        let message = refused.json()["error"]["message"].to_string();
        assert!(message.contains(field), "{message}");
        let refused = acme.put("/mdx/acme/users/U-1", json!({"user": with(json!({}), field, value)})).await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(4002)), "{field}");
    }
    for id in ["", "a b", "a/b", "ä"] {
        let refused = acme.post("/mdx/acme/users", json!({"user": {"id": id}})).await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(4002)), "{id:?}");
    }
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let server = Server::start().await;
    let acme = server.client("acme").await;
    let body = json!({"user": with(all_fields(), "id", "U-1")});
    let created = acme.post("/mdx/acme/users", body).await.root("user");
    let change = json!({"user": {"first_name": "Jane", "last_name": null, "zip_code": "", "id": "U-9"}});
    let changed = acme.put("/mdx/acme/users/U-1.json", change).await.root("user");
    assert_eq!(changed, with(with(created, "first_name", "Jane"), "zip_code", Value::Null));
    let empty = acme.put("/mdx/acme/users/U-1", json!({})).await;
    assert_eq!((empty.status.as_u16(), empty.error_code()), (400, Some(4002)));
    let unknown = acme.put("/mdx/acme/users/U-2", json!({"user": {"first_name": "Jane"}})).await;
    assert_eq!((unknown.status.as_u16(), unknown.error_code()), (404, Some(4041)));
}

#[tokio::test]
async fn a_deleted_user_is_gone_with_its_sessions_and_its_id_is_free_for_another() {
    let server = Server::start().await;
    let acme = server.client("acme").await;
    let first = acme.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
    let session = server.session("acme", "U-1").await;
    assert_eq!(session.get("/user").await.status, 200);
    let deleted = acme.delete("/mdx/acme/users/U-1.json").await;
    assert_eq!((deleted.status.as_u16(), deleted.body.len()), (204, 0));
    assert_eq!(session.get("/user").await.error_code(), Some(4011));
    for refused in [acme.get("/mdx/acme/users/U-1").await, acme.delete("/mdx/acme/users/U-1").await] {
        assert_eq!((refused.status.as_u16(), refused.error_code()), (404, Some(4041)));
    }
    let second = acme.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
    assert_ne!(second["guid"], first["guid"]);
}

#[tokio::test]
async fn a_key_opens_the_paths_of_its_own_client_only() {
    let server = Server::start().await;
    let (acme, other) = (server.client("acme").await, server.client("other").await);
    acme.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
    let nobody = server.caller();
    let wrong = server.caller().with("md-api-key", "wrong");
    for caller in [&other, &nobody, &wrong] {
        for refused in [
            caller.get("/mdx/acme/users/U-1").await,
            caller.get("/mdx/acme/users/U-2").await,
            caller.get("/mdx/nobody/users/U-1").await,
            caller.post("/mdx/acme/users", json!({"user": {}})).await,
            caller.put("/mdx/acme/users/U-1", json!({})).await,
            caller.delete("/mdx/acme/users/U-1").await,
        ] {
            assert_eq!((refused.status.as_u16(), refused.error_code()), (401, Some(4011)), "{refused}");
            assert_eq!(refused.json()["error"]["message"], "Invalid API key.");
        }
    }
    assert_eq!(acme.get("/mdx/acme/users/U-1").await.status, 200);
}

#[tokio::test]
async fn users_are_json_only() {
    let server = Server::start().await;
    let acme = server.client("acme").await;
    let xml = acme.clone().with("accept", "application/vnd.moneydesktop.mdx.v5+xml");
    let refused = xml.get("/mdx/acme/users/U-1").await;
    assert_eq!((refused.status.as_u16(), refused.error_code()), (406, Some(4061)));
}

#[tokio::test]
async fn a_webhook_header_that_is_not_understood_refuses_nothing() {
    let server = Server::start().await;
    let acme = server.client("acme").await;
    let skipping = acme.clone().with("mx-skip-webhook", "True");
    skipping.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
    let deleted = acme.with("mx-skip-webhook", "maybe").delete("/mdx/acme/users/U-1").await;
    assert_eq!(deleted.status, 204, "{deleted}");
}
