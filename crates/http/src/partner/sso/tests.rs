use serde_json::json;

use crate::testing::{Caller, Server};

const XML: &str = "application/vnd.moneydesktop.sso.v3+xml";

async fn with_a_user(server: &Server) -> Caller<'_> {
    let acme = server.client("acme").await;
    acme.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
    acme
}

fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap()
}

#[tokio::test]
async fn a_token_is_fresh_with_every_reading_and_opens_a_session() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let mut tokens = Vec::new();
    for path in ["/sso/acme/users/U-1/api_token", "/sso/acme/users/U-1/api_token.json"] {
        let answer = acme.get(path).await;
        assert_eq!(answer.header("content-type"), Some("application/vnd.moneydesktop.sso.v3+json"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let token = answer.root("api_token");
        assert_eq!(token["user_id"], "U-1");
        tokens.push(token["token"].as_str().unwrap().to_owned());
    }
    assert_ne!(tokens[0], tokens[1]);
    for token in &tokens {
        let opening = server.caller().with("md-api-token", token);
        assert_eq!(opening.post("/sessions", json!({})).await.status, 200);
    }
}

#[tokio::test]
async fn xml_is_answered_by_suffix_and_by_accept() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let rows = [
        ("/sso/acme/users/U-1/api_token.xml", None, XML),
        ("/sso/acme/users/U-1/api_token.xml", Some("application/json"), XML),
        ("/sso/acme/users/U-1/api_token.xml", Some("application/xml"), "application/xml"),
        ("/sso/acme/users/U-1/api_token", Some(XML), XML),
        ("/sso/acme/users/U-1/api_token", Some("application/xml"), "application/xml"),
    ];
    for (path, accept, media) in rows {
        let caller = accept.map_or(acme.clone(), |accept| acme.clone().with("accept", accept));
        let answer = caller.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, Some(media)),
            "{path} {accept:?}"
        );
        let body = text(&answer.body);
        let token = body
            .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<api_token><token>")
            .and_then(|rest| rest.strip_suffix("</token></api_token>\n"));
        let opening = server.caller().with("md-api-token", token.unwrap_or_else(|| panic!("{body}")));
        assert_eq!(opening.post("/sessions", json!({})).await.status, 200);
    }
    let json = acme.with("accept", XML).get("/sso/acme/users/U-1/api_token.json").await;
    assert_eq!(json.root("api_token")["user_id"], "U-1");
}

#[tokio::test]
async fn refusals_come_in_the_form_that_was_asked_for() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let unknown = acme.get("/sso/acme/users/U-2/api_token").await;
    assert_eq!((unknown.status.as_u16(), unknown.error_code()), (404, Some(4041)));
    let unknown = acme.get("/sso/acme/users/U-2/api_token.xml").await;
    assert_eq!((unknown.status.as_u16(), unknown.header("content-type")), (404, Some(XML)));
    assert_eq!(
        text(&unknown.body),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<error><code>4041</code><message>User not found.</message></error>\n"
    );
    let wrong = server.caller().with("md-api-key", "wrong");
    let refused = wrong.get("/sso/acme/users/U-1/api_token").await;
    assert_eq!((refused.status.as_u16(), refused.error_code()), (401, Some(4011)));
    let refused = wrong.clone().with("accept", XML).get("/sso/acme/users/U-1/api_token").await;
    assert_eq!((refused.status.as_u16(), refused.header("content-type")), (401, Some(XML)));
    assert!(text(&refused.body).contains("<code>4011</code><message>Invalid API key.</message>"));
    let refused = wrong.with("accept", XML).delete("/sso/acme/users/U-1/sessions").await;
    assert_eq!((refused.status.as_u16(), refused.header("content-type")), (401, Some(XML)));
}

#[tokio::test]
async fn all_sessions_of_a_user_end_at_once() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let (one, other) = (server.session("acme", "U-1").await, server.session("acme", "U-1").await);
    let bystander = server.session("acme", "U-2").await;
    let ended = acme.delete("/sso/acme/users/U-1/sessions.json").await;
    assert_eq!((ended.status.as_u16(), ended.body.len()), (204, 0));
    for session in [one, other] {
        assert_eq!(session.get("/user").await.error_code(), Some(4011));
    }
    assert_eq!(bystander.get("/user").await.status, 200);
    let unknown = acme.delete("/sso/acme/users/U-3/sessions").await;
    assert_eq!((unknown.status.as_u16(), unknown.error_code()), (404, Some(4041)));
}
