use riverbank_testkit::client::Method;
use serde_json::{Value, json};

use crate::testing::{Caller, Server};

async fn user(server: &Server) -> Caller<'_> {
    let backend = server.client("acme").await;
    backend.post("/mdx/acme/users", json!({"user": {"id": "U-1"}})).await.root("user");
    server.session("acme", "U-1").await
}

fn josh() -> Value {
    json!({
        "first_name": "Josh", "last_name": "James", "email": "josh@example.com", "account_name": "My Test Account",
        "account_number": "333312345", "routing_number": "091000019", "account_type": 1,
    })
}

fn with(field: &str, value: impl Into<Value>) -> Value {
    let mut fields = josh();
    fields[field] = value.into();
    json!({"micro_deposit": fields})
}

#[tokio::test]
async fn the_whole_way_has_the_documented_shapes() {
    let server = Server::start().await;
    let user = user(&server).await;
    let made = user.post("/micro_deposits", json!({"micro_deposit": josh()})).await.root("micro_deposit");
    let now = &made["created_at"];
    let expected = json!({
        "account_name": "My Test Account", "account_number": "333312345", "account_type": 1,
        "account_type_name": "CHECKING", "can_auto_verify": false, "created_at": now, "deposit_expected_at": null,
        "email": "josh@example.com", "error_code": null, "error_message": null, "first_name": "Josh",
        "guid": made["guid"], "institution_name": "MX Bank", "last_name": "James", "routing_number": "091000019",
        "status": 0, "status_name": "INITIATED", "updated_at": now, "user_guid": made["user_guid"],
        "verified_at": null,
    });
    assert_eq!(made, expected);
    let one = format!("/micro_deposits/{}", made["guid"].as_str().unwrap());
    let early = json!({"deposit_amount_1": 0.09, "deposit_amount_2": 0.09});
    assert_eq!(user.send(Method::PUT, &one, Some(early.clone())).await.error_code(), Some(4051));
    let requested = user.get(&one).await.root("micro_deposit");
    assert_eq!(
        (&requested["status_name"], requested["deposit_expected_at"].is_string()),
        (&json!("REQUESTED"), true)
    );
    server.bench.advance(120);
    assert_eq!(user.get(&one).await.root("micro_deposit")["status"], 2);
    let listed = user.get("/micro_deposits").await.json();
    assert_eq!(listed["micro_deposits"][0]["micro_deposit"]["guid"], made["guid"]);
    assert_eq!(listed.as_object().unwrap().len(), 1, "not paged");
    let verified =
        user.send(Method::PUT, &one, Some(json!({"micro_deposit": early}))).await.root("micro_deposit");
    assert_eq!((&verified["status_name"], verified["verified_at"].is_string()), (&json!("VERIFIED"), true));
    assert_eq!(user.send(Method::DELETE, &one, None).await.status, 204);
    assert_eq!(user.get(&one).await.error_code(), Some(4041));
}

#[tokio::test]
async fn numbers_are_taken_for_texts_and_get_their_leading_zeros() {
    let server = Server::start().await;
    let user = user(&server).await;
    let mut fields = josh();
    fields["account_number"] = json!(333_312_345);
    fields["routing_number"] = json!(91_000_019);
    let made = user.post("/micro_deposits", fields).await.root("micro_deposit");
    assert_eq!(
        (&made["account_number"], &made["routing_number"]),
        (&json!("333312345"), &json!("091000019"))
    );
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let server = Server::start().await;
    let user = user(&server).await;
    let rows = [
        (
            json!({"micro_deposit": {}}),
            4001,
            "Required parameters are missing: email, first_name, last_name.",
        ),
        (with("routing_number", Value::Null), 4001, "Required parameter is missing: routing_number."),
        (with("account_type", 3), 4002, "account_type: must be 1 or 2."),
        (
            with("account_number", "1234567890123456789"),
            4002,
            "account_number: must have 1 to 17 characters.",
        ),
        (with("routing_number", "1"), 4002, "routing_number: must have 9 digits."),
        (with("account_number", 1.5), 4002, "account_number: must be a string."),
        (
            with("first_name", "D#ve"),
            4002,
            "first_name: must have 1 to 50 letters, spaces, dashes, dots and apostrophes.",
        ),
        (with("email", "josh"), 4002, "email: must be an address of the form name@domain.tld."),
    ];
    for (body, code, message) in rows {
        let answer = user.post("/micro_deposits", body).await;
        assert_eq!(answer.error_code(), Some(code), "{answer}");
        assert_eq!(answer.json()["error"]["message"], message);
    }
}
