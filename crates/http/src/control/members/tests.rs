//! Members over HTTP, as a test author sees them.

use serde_json::json;

use crate::testing::Server;

const NOBODYS: &str = "MBR-00000000-0000-4000-8000-000000000000";

#[tokio::test]
async fn a_member_shows_what_is_inside_of_it() {
    let server = Server::with_test_banks().await;
    let guid = server.connect_to_mx_bank("acme", "u").await;
    let state = server.control().get(&format!("/control/members/{guid}")).await.root("member");
    assert_eq!((&state["guid"], &state["connection_status"]), (&json!(guid), &json!("CONNECTED")));
    assert_eq!((&state["attempts"], &state["denials"], &state["job"]), (&json!(1), &json!(0), &json!(null)));
    assert_eq!(state["faults"], json!([]));
}

#[tokio::test]
async fn any_status_can_be_set_but_pending_without_oauth() {
    let server = Server::with_test_banks().await;
    let guid = server.connect_to_mx_bank("acme", "u").await;
    let (control, user) = (server.control(), server.session("acme", "u").await);
    let path = format!("/control/members/{guid}/connection_status");
    for status in riverbank_model::connection::ConnectionStatus::ALL {
        let answer = control.put(&path, json!({"connection_status": status.name()})).await;
        if status.name() == "PENDING" {
            assert_eq!(answer.error_code(), Some(4002), "{answer}");
            continue;
        }
        assert_eq!(answer.root("member")["connection_status"], status.name());
        let seen = user.get(&format!("/members/{guid}")).await.root("member");
        assert_eq!(seen["connection_status"], status.name());
        assert_eq!(seen["is_being_aggregated"], false);
    }
    for (body, code) in [(json!({"connection_status": "FINE"}), 4002), (json!({"member": {"a": 1}}), 4001)] {
        assert_eq!(control.put(&path, body).await.error_code(), Some(code));
    }
}

#[tokio::test]
async fn a_challenge_expires_when_it_is_told_to() {
    let server = Server::with_test_banks().await;
    let guid = server.connect_to_mx_bank("acme", "u").await;
    let control = server.control();
    let expire = format!("/control/members/{guid}/expire_challenge");
    assert_eq!(control.post(&expire, json!({})).await.error_code(), Some(4091));
    let path = format!("/control/members/{guid}/connection_status");
    let asked = control.put(&path, json!({"connection_status": "CHALLENGED"})).await.root("member");
    assert!(asked["challenge_expires_at"].is_string(), "{asked}");
    let expired = control.post(&expire, json!({})).await.root("member");
    assert_eq!(
        (&expired["connection_status"], &expired["challenge_expires_at"]),
        (&json!("EXPIRED"), &json!(null))
    );
}

#[tokio::test]
async fn a_member_that_does_not_exist_is_not_found() {
    let server = Server::start().await;
    let control = server.control();
    assert_eq!(control.get(&format!("/control/members/{NOBODYS}")).await.error_code(), Some(4041));
    let path = format!("/control/members/{NOBODYS}/connection_status");
    let forced = control.put(&path, json!({"connection_status": "CONNECTED"})).await;
    assert_eq!(forced.error_code(), Some(4041));
    let path = format!("/control/members/{NOBODYS}/expire_challenge");
    assert_eq!(control.post(&path, json!({})).await.error_code(), Some(4041));
}
