use serde_json::{Value, json};

use crate::testing::{Caller, Server};

/// The guid of MX Bank and of its two credentials (Nexus reference, test platform).
const MX_BANK: &str = "INS-1572a04c-912b-59bf-5841-332c7dfafaef";
const USERNAME: &str = "CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1";
const PASSWORD: &str = "CRD-e3d7ea81-aac7-05e9-fbdd-4b493c6e474d";

/// A body that makes a member, with `more` fields.
fn member(login: &str, more: Value) -> Value {
    let mut member = json!({
        "institution_guid": MX_BANK,
        "credentials": [
            {"credential_guid": USERNAME, "value": login},
            {"credential_guid": PASSWORD, "value": "any"},
        ],
        "skip_aggregation": true,
    });
    let Value::Object(more) = more else { unreachable!("fields are an object") };
    member.as_object_mut().unwrap().extend(more);
    json!({"member": member})
}

/// What a request is refused with.
async fn refusal_of_create(user: &Caller<'_>, body: Value) -> (Option<i64>, Value) {
    let answer = user.post("/members", body).await;
    (answer.error_code(), answer.json()["error"]["message"].take())
}

#[tokio::test]
async fn an_empty_name_and_an_empty_external_guid_count_as_absent() {
    let server = Server::with_test_banks().await;
    let user = server.session("acme", "U-1").await;
    let empty = json!({"name": "", "external_guid": ""});
    for login in ["one", "two"] {
        let made = user.post("/members", member(login, empty.clone())).await.root("member");
        assert_eq!((&made["name"], &made["external_guid"]), (&json!("MX Bank"), &json!(null)));
    }
    let named = json!({"name": "Mine", "external_guid": "E-1"});
    let made = user.post("/members", member("three", named)).await.root("member");
    let path = format!("/members/{}", made["guid"].as_str().unwrap());
    let kept = user.put(&path, json!({"member": empty})).await.root("member");
    assert_eq!((&kept["name"], &kept["external_guid"]), (&json!("Mine"), &json!("E-1")));
}

#[tokio::test]
async fn an_update_without_a_value_is_4002() {
    let server = Server::with_test_banks().await;
    let guid = server.connect_to_mx_bank("acme", "U-1").await;
    let user = server.session("acme", "U-1").await;
    for body in [json!({}), json!({"member": {}}), json!({"member": {"name": null}}), json!({"name": null})] {
        let refused = user.put(&format!("/members/{guid}"), body).await;
        assert_eq!(refused.error_code(), Some(4002), "{refused}");
        assert_eq!(refused.json()["error"]["message"], "The request body holds no field with a value.");
    }
}

#[tokio::test]
async fn the_two_names_of_an_id_may_agree_but_not_differ() {
    let server = Server::with_test_banks().await;
    let user = server.session("acme", "U-1").await;
    let credentials = |guid: &str| {
        json!({"credentials": [
            {"credential_guid": USERNAME, "guid": guid, "value": "me"},
            {"guid": PASSWORD, "value": "any"},
        ]})
    };
    user.post("/members", member("", credentials(USERNAME))).await.root("member");
    assert_eq!(
        refusal_of_create(&user, member("", credentials(PASSWORD))).await,
        (Some(4002), json!("credentials[0].credential_guid and guid must not differ."))
    );
}

#[tokio::test]
async fn lists_are_narrowed_to_one_use_case_only() {
    let server = Server::start().await;
    let user = server.session("acme", "U-1").await;
    for list in ["/members", "/accounts"] {
        assert_eq!(user.get(&format!("{list}?use_case=PFM")).await.status, 200);
        let refused = user.get(&format!("{list}?use_case=PFM&use_case=MONEY_MOVEMENT")).await;
        assert_eq!(refused.error_code(), Some(4002), "{refused}");
        assert_eq!(refused.json()["error"]["message"], "use_case: must be a single value.");
    }
}

#[tokio::test]
async fn an_unknown_connection_status_is_answered_with_the_known_ones() {
    let server = Server::with_test_banks().await;
    let user = server.session("acme", "U-1").await;
    let (code, message) = refusal_of_create(&user, member("me", json!({"connection_status": "HAPPY"}))).await;
    let message = message.as_str().unwrap();
    assert_eq!(code, Some(4002));
    assert!(message.starts_with("connection_status must be one of: CREATED, PREVENTED, "), "{message}");
    assert_eq!(message.split(", ").count(), 22, "{message}");
}

#[tokio::test]
async fn a_missing_session_token_and_a_dead_session_are_told_apart() {
    let server = Server::start().await;
    let rows = [
        (server.caller(), "The session token is missing."),
        (server.caller().with("md-session-token", "unknown"), "The session has expired."),
    ];
    for (caller, message) in rows {
        let refused = caller.get("/members").await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (401, Some(4011)));
        assert_eq!(refused.json()["error"]["message"], message);
    }
}
