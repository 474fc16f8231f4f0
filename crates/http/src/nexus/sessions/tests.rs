use serde_json::json;

use crate::testing::Server;

async fn api_token(server: &Server) -> String {
    let client = format!("client-{}", server.bench.clients().list().await.unwrap().len());
    let backend = server.client(&client).await;
    backend.post(&format!("/mdx/{client}/users"), json!({"id": "U-1"})).await.root("user");
    let token = backend.get(&format!("/sso/{client}/users/U-1/api_token")).await.root("api_token");
    token["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_session_opens_with_a_rooted_an_un_rooted_an_empty_and_no_body() {
    let server = Server::start().await;
    let skip = json!({"skip_aggregation": true});
    for body in [Some(json!({"session": skip})), Some(skip), Some(json!({})), None] {
        let opening = server.caller().with("md-api-token", &api_token(&server).await);
        let opened = opening.send("POST".parse().unwrap(), "/sessions.json", body.clone()).await;
        assert_eq!(opened.header("cache-control"), Some("no-store"));
        let token = opened.root("session")["token"].as_str().unwrap().to_owned();
        assert_eq!(token.len(), 86);
        let user = server.caller().with("md-session-token", &token).get("/user").await.root("user");
        assert_eq!(
            (&user["external_guid"], &user["logged_in_at"]),
            (&json!("U-1"), &json!("2026-01-15T12:00:00.000Z"))
        );
    }
}

#[tokio::test]
async fn a_spent_an_unknown_and_a_missing_api_token_are_refused() {
    let server = Server::start().await;
    let spent = api_token(&server).await;
    let opening = server.caller().with("md-api-token", &spent);
    assert_eq!(opening.post("/sessions", json!({})).await.status, 200);
    for caller in [opening, server.caller().with("md-api-token", "unknown"), server.caller()] {
        let refused = caller.post("/sessions", json!({})).await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (401, Some(4011)), "{refused}");
    }
}

#[tokio::test]
async fn a_wrong_option_is_refused_and_spends_nothing() {
    let server = Server::start().await;
    let opening = server.caller().with("md-api-token", &api_token(&server).await);
    let refused = opening.post("/sessions", json!({"session": {"skip_aggregation": "yes"}})).await;
    assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(4002)));
    assert_eq!(opening.post("/sessions", json!({})).await.status, 200);
}

#[tokio::test]
async fn a_closed_session_is_refused() {
    let server = Server::start().await;
    let session = server.session("acme", "U-1").await;
    let closed = session.delete("/sessions").await;
    assert_eq!((closed.status.as_u16(), closed.json()), (200, json!({})));
    for refused in [session.get("/user").await, session.delete("/sessions").await] {
        assert_eq!((refused.status.as_u16(), refused.error_code()), (401, Some(4011)));
    }
}

#[tokio::test]
async fn an_idle_session_dies_and_other_headers_do_not_matter() {
    let server = Server::start().await;
    let session = server.session("acme", "U-1").await;
    server.bench.advance(29 * 60 + 59);
    assert_eq!(session.clone().with("md-api-key", "whatever").get("/user").await.status, 200);
    server.bench.advance(31 * 60);
    let refused = session.get("/user").await;
    assert_eq!((refused.status.as_u16(), refused.error_code()), (401, Some(4011)));
    assert_eq!(server.caller().get("/user").await.error_code(), Some(4011));
}
