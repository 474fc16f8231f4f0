use riverbank_testkit::webhook_sink::WebhookSink;
use serde_json::{Value, json};

use crate::testing::Server;

/// The fields of an object of the API that its webhook lacks.
fn lacking(api: &Value, told: &Value) -> Vec<String> {
    let fields = api.as_object().unwrap().keys();
    fields.filter(|field| told.get(field).is_none()).cloned().collect()
}

#[tokio::test]
async fn what_is_told_of_accounts_and_transactions_has_every_field_of_the_api() {
    let server = Server::with_test_banks().await;
    let sink = WebhookSink::start().await.unwrap();
    server.bench.endpoint("acme", &sink.url(), "account,transaction").await;
    server.connect_to_mx_bank("acme", "U-1").await;
    server.bench.deliver().await;
    let told: Vec<Value> =
        sink.received().iter().map(riverbank_testkit::webhook_sink::Received::json).collect();
    let session = server.session("acme", "U-1").await;
    for (list, name) in [("accounts", "account"), ("transactions", "transaction")] {
        let api = session.get(&format!("/{list}")).await.root(list);
        for object in api.as_array().unwrap() {
            let told = told.iter().find(|body| body[name]["guid"] == object["guid"]).unwrap();
            assert_eq!(told["action"], "created");
            assert_eq!(lacking(object, &told[name]), Vec::<String>::new());
            assert_eq!(told[name]["user_id"], "U-1");
        }
    }
}

#[tokio::test]
async fn a_sink_answers_as_it_is_told_and_shows_what_came() {
    let server = Server::start().await;
    let (control, stranger) = (server.control(), server.caller());
    let post = async || stranger.post("/control/sink/mine", json!({"of": "me"})).await.status.as_u16();
    assert_eq!(post().await, 204);
    let manner = json!({"sink": {"status": 503, "retry_after": 7, "times": 1}});
    control.put("/control/sinks/mine", manner).await.root("sink");
    let refused = stranger.post("/control/sink/mine", json!({"of": "me"})).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, Some("7")));
    assert_eq!(post().await, 204, "once only");
    let secret = stranger.clone().with("authorization", "Bearer s3cret");
    secret.post("/control/sink/mine", json!({})).await;
    let sink = control.get("/control/sinks/mine").await.root("sink");
    assert_eq!((&sink["received_count"], sink["received"].as_array().unwrap().len()), (&json!(4), 4));
    assert_eq!(sink["received"][0]["body"], "{\"of\":\"me\"}");
    assert!(!sink.to_string().contains("s3cret"), "{sink}");
    let cleared = control.delete("/control/sinks/mine").await;
    assert_eq!(cleared.status.as_u16(), 204);
    let sink = control.get("/control/sinks/mine").await.root("sink");
    assert_eq!((&sink["received_count"], &sink["manner"]["status"]), (&json!(0), &json!(204)));
    for (manner, field) in
        [(json!({"status": 99}), "status"), (json!({"delay_milliseconds": 60_001}), "delay")]
    {
        let refused = control.put("/control/sinks/mine", manner).await;
        assert_eq!(refused.error_code(), Some(4002));
        assert!(refused.to_string().contains(field), "{refused}");
    }
    for name in ["a.b", "ä", &"a".repeat(65)] {
        assert_eq!(stranger.post(&format!("/control/sink/{name}"), json!({})).await.status.as_u16(), 404);
    }
}

#[tokio::test]
async fn sinks_keep_no_more_than_they_may() {
    let server = Server::start().await;
    let (control, stranger) = (server.control(), server.caller());
    for number in 0..1010 {
        stranger.post("/control/sink/mine", json!({"number": number})).await;
    }
    let sink = control.get("/control/sinks/mine").await.root("sink");
    let received = sink["received"].as_array().unwrap();
    assert_eq!(
        (received.len(), &received[0]["number"], &sink["received_count"]),
        (1000, &json!(11), &json!(1010))
    );
    for number in 0..99 {
        stranger.post(&format!("/control/sink/{number}"), json!({})).await;
    }
    let refused = stranger.post("/control/sink/more", json!({})).await;
    assert_eq!(refused.error_code(), Some(4220), "{refused}");
}
