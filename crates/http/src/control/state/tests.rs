use axum::http::Method;
use serde_json::json;

use crate::testing::Server;

#[tokio::test]
async fn a_reset_says_how_much_it_was_and_is_of_one_client_or_of_all() {
    let server = Server::start().await;
    for (client, user) in [("acme", "u"), ("acme", "v"), ("other", "u")] {
        server.session(client, user).await;
    }
    let control = server.control();
    let one = control.post("/control/state/reset", json!({"client_id": "acme"})).await.root("state");
    assert_eq!(one, json!({"clients": 1, "users": 2}));
    let nobody = control.post("/control/state/reset", json!({"state": {"client_id": "x"}})).await;
    assert_eq!(nobody.error_code(), Some(4041));
    let all = control.send(Method::POST, "/control/state/reset", None).await.root("state");
    assert_eq!(all, json!({"clients": 2, "users": 1}));
}

#[tokio::test]
async fn a_reset_of_everything_empties_the_sinks_and_one_of_a_client_does_not() {
    let server = Server::start().await;
    server.session("acme", "u").await;
    let control = server.control();
    server.caller().post("/control/sink/mine", json!({})).await;
    control.post("/control/state/reset", json!({"client_id": "acme"})).await.root("state");
    assert_eq!(control.get("/control/sinks/mine").await.root("sink")["received_count"], 1);
    control.post("/control/state/reset", json!({})).await.root("state");
    assert_eq!(control.get("/control/sinks/mine").await.root("sink")["received_count"], 0);
}
