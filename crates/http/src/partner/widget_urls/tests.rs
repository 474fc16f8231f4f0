use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use riverbank_engine::Mode;
use riverbank_model::ExposeSecret;
use serde_json::json;

use crate::testing::{Caller, Server};

const SITE: &str = "https://app.acme.example";

/// A caller with the key of a new client, and where it asks for addresses of its user.
async fn kit<'a>(server: &'a Server, client_id: &str) -> (Caller<'a>, String) {
    let client = server.bench.clients().create(client_id).await.unwrap();
    let (_, user) = server.bench.user(client_id, "U-1").await;
    let basic = STANDARD.encode(format!("{client_id}:{}", client.api_key.expose_secret()));
    let caller = server.caller().with("authorization", &format!("Basic {basic}"));
    (caller.with("accept", "application/vnd.mx.api.v1+json"), format!("/users/{}/widget_urls", user.guid))
}

#[tokio::test]
async fn an_embedding_kit_gets_the_address_of_its_widget() {
    let server = Server::start().await;
    let (kit, path) = kit(&server, "acme").await;
    let body = json!({"widget_url": {"widget_type": "connect_widget", "ui_message_version": 4}});
    let answer = kit.post(&path, body).await;
    assert_eq!(answer.header("content-type"), Some("application/vnd.mx.api.v1+json"));
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let made = answer.root("widget_url");
    assert_eq!((&made["type"], &made["user_id"]), (&json!("connect_widget"), &json!("U-1")));
    assert!(made["url"].as_str().unwrap().starts_with("http://127.0.0.1:8040/connect/"), "{made}");
}

#[tokio::test]
async fn only_the_clients_own_id_and_key_are_taken() {
    let server = Server::start().await;
    let (acme, path) = kit(&server, "acme").await;
    let (other, _) = kit(&server, "other").await;
    let body = json!({"widget_url": {"widget_type": "connect_widget"}});
    assert_eq!(other.post(&path, body.clone()).await.error_code(), Some(4041));
    for wrong in ["", "Basic", "Basic !", "Bearer YTpi", &format!("Basic {}", STANDARD.encode("acme:wrong"))]
    {
        let caller = acme.clone().with("authorization", wrong);
        assert_eq!(caller.post(&path, body.clone()).await.error_code(), Some(4011), "{wrong}");
    }
}

#[tokio::test]
async fn a_page_of_a_registered_site_may_call_and_read_and_no_other() {
    let server = Server::start().await;
    let (kit, path) = kit(&server, "acme").await;
    server.bench.clients().add_origin("acme", SITE, Mode::Sandbox).await.unwrap();
    let body = || json!({"widget_url": {"widget_type": "connect_widget"}});
    let foreign = "https://evil.example";
    for (origin, is_ours) in
        [(SITE, true), ("http://localhost:3000", true), (foreign, false), ("null", false)]
    {
        let allowed = is_ours.then_some(origin);
        let page = kit.clone().with("origin", origin);
        let asked = page.send(Method::OPTIONS, &path, None).await;
        assert_eq!((asked.status.as_u16(), asked.header("access-control-allow-origin")), (204, allowed));
        assert_eq!(asked.header("access-control-allow-methods"), is_ours.then_some("POST"));
        let answer = page.post(&path, body()).await;
        assert_eq!(answer.header("access-control-allow-origin"), allowed, "{origin}");
        assert!(answer.header("vary").unwrap().contains("origin"));
        let refused = page.with("authorization", "").post(&path, body()).await;
        assert_eq!(
            (refused.error_code(), refused.header("access-control-allow-origin")),
            (Some(4011), allowed)
        );
    }
}

#[tokio::test]
async fn a_site_of_another_client_reads_nothing() {
    let server = Server::start().await;
    let (_, _) = kit(&server, "other").await;
    let (acme, path) = kit(&server, "acme").await;
    server.bench.clients().add_origin("other", SITE, Mode::Sandbox).await.unwrap();
    let body = json!({"widget_url": {"widget_type": "connect_widget"}});
    let answer = acme.with("origin", SITE).post(&path, body).await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
}
