//! What a partner's endpoint is told, over the built-in sink of a sandbox and over receivers of our own.

use std::collections::BTreeSet;
use std::time::Duration;

use riverbank_testkit::client::{Caller, Partner};
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::server::{Server, ServerOptions};
use riverbank_testkit::webhook_sink::{Manner, WebhookSink};
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, connect, guid, mx_bank, settled};

/// How long a journey waits for what has nothing to wait for.
const PATIENCE: Duration = Duration::from_mins(1);
const GLANCE: Duration = Duration::from_millis(20);

/// Makes an endpoint of acme; the endpoint with its secret.
pub(super) async fn add(control: &Caller, url: &str, events: &[&str]) -> Value {
    let body = json!({"client_id": "acme", "url": url, "events": events});
    control.post("/control/webhooks", &body).await.root("webhook")
}

/// What the built-in sink was sent, once that are `count` requests.
pub(super) async fn sunk(control: &Caller, count: usize) -> Vec<Value> {
    for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
        let sink = control.get("/control/sinks/mine").await.root("sink");
        let received = sink["received"].as_array().expect("a list").clone();
        if received.len() >= count {
            return received;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("the sink is not sent {count} requests: {}", control.get("/control/sinks/mine").await);
}

pub(super) fn body(received: &Value) -> Value {
    serde_json::from_str(received["body"].as_str().expect("a body")).expect("JSON")
}

/// The messages to an endpoint, once all of them have been delivered.
async fn delivered(control: &Caller, webhook: &str) -> Vec<Value> {
    let path = format!("/control/webhooks/{webhook}/messages?limit=1000");
    for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
        let messages = control.get(&path).await.root("messages").as_array().expect("a list").clone();
        if messages.iter().all(|message| message["state"] == "DELIVERED") {
            return messages;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("not all is delivered: {}", control.get(&path).await);
}

journeys! {
    async fn a_partner_follows_a_connection_by_its_webhooks(world: &World) {
        let control = world.control();
        let url = format!("{}/control/sink/mine", world.server.base_url());
        let webhook = add(&control, &url, &["member", "aggregation"]).await;
        let user = world.user("user").await;
        let echoing = user.clone().header("x-callback-payload", "aGVsbG8=");
        let member = connect(&echoing, "password").await;
        settled(&user, &member).await;
        let received = sunk(&control, 2).await;
        let bodies: Vec<Value> = received.iter().map(body).collect();
        assert_eq!(bodies[0]["member"]["guid"], member["guid"]);
        assert_eq!(bodies[0]["action"], "created");
        assert_eq!(bodies[1]["type"], "AGGREGATION");
        assert!(bodies[1]["transactions_created_count"].as_i64().expect("a number") > 500, "{}", bodies[1]);
        for one in &received {
            assert_eq!(one["headers"]["x-callback-payload"], "aGVsbG8=");
            assert!(one["headers"]["webhook-signature"].as_str().expect("a signature").starts_with("v1,"));
        }
        let skipping = user.clone().header("mx-skip-webhook", "true");
        let path = format!("/members/{}", guid(&member));
        skipping.put(&path, &json!({"member": {"name": "Mine"}})).await.root("member");
        user.put(&path, &json!({"member": {"name": "Ours", "skip_webhook": true}})).await.root("member");
        user.put(&path, &json!({"member": {"name": "Yours"}})).await.root("member");
        let received = sunk(&control, 3).await;
        assert_eq!(body(&received[2])["member"]["name"], "Yours");
        let refused = user.clone().header("x-callback-payload", "not base64").get(&path).await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(4002)));
        let webhook = guid(&webhook).to_owned();
        assert_eq!(delivered(&control, &webhook).await.len(), 3);
        let again = control
            .post(&format!("/control/webhooks/{webhook}/replay"), &json!({"since": "2020-01-01T00:00:00Z"}))
            .await
            .json();
        assert_eq!(again["replayed"], 3);
        let received = sunk(&control, 6).await;
        let ids = |range: &[Value]| -> Vec<Value> {
            range.iter().map(|one| one["headers"]["webhook-id"].clone()).collect()
        };
        assert_eq!(ids(&received[..3]), ids(&received[3..]), "in their order, under their ids");
    }

    async fn what_failed_is_sent_again_as_the_clock_is_moved(world: &World) {
        let control = world.control();
        let url = format!("{}/control/sink/mine", world.server.base_url());
        let webhook = guid(&add(&control, &url, &["user"]).await).to_owned();
        control.post("/control/clock/freeze", &json!({})).await;
        control.put("/control/sinks/mine", &json!({"status": 503, "times": 3})).await.root("sink");
        world.acme.create_user("user").await;
        sunk(&control, 1).await;
        let path = format!("/control/webhooks/{webhook}/messages");
        world.advance(24 * 3600).await;
        let message = control.get(&path).await.root("messages")[0].clone();
        assert_eq!((&message["state"], &message["attempts_count"]), (&json!("DELIVERED"), &json!(4)));
        let path = format!("/control/webhook_messages/{}", guid(&message));
        let message = control.get(&path).await.root("message");
        let tries: Vec<_> = message["attempts"].as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
        assert_eq!(tries, [503, 503, 503, 204]);
        let again = control.post(&format!("{path}/replay"), &json!({})).await;
        assert_eq!(again.status.as_u16(), 204, "{again}");
        sunk(&control, 5).await;
    }

    async fn endpoints_are_refused_where_they_cannot_be_sent_to(world: &World) {
        let control = world.control();
        let sink = "http://127.0.0.1:9/";
        let rows = [
            (json!({"client_id": "nobody", "url": sink}), 4220),
            (json!({"client_id": "acme"}), 4001),
            (json!({"client_id": "acme", "url": "http://example.com/"}), 4002),
            (json!({"client_id": "acme", "url": "https://user:secret@example.com/"}), 4002),
            (json!({"client_id": "acme", "url": "ftp://127.0.0.1/"}), 4002),
            (json!({"client_id": "acme", "url": "hooks"}), 4002),
            (json!({"client_id": "acme", "url": sink, "events": ["members"]}), 4002),
            (json!({"client_id": "acme", "url": sink, "events": []}), 4002),
            (json!({"client_id": "acme", "url": sink, "authorization": "basic", "secret": "s"}), 4001),
            (json!({"client_id": "acme", "url": sink, "authorization": "basic", "name": "a:b", "secret": "s"}), 4002),
            (json!({"client_id": "acme", "url": sink, "authorization": "bearer"}), 4001),
            (json!({"client_id": "acme", "url": sink, "authorization": "digest"}), 4002),
            (json!({"client_id": "acme", "url": sink, "certificate": "PEM"}), 4002),
        ];
        for (body, code) in rows {
            let refused = control.post("/control/webhooks", &body).await;
            assert_eq!(refused.error_code(), Some(code), "{body}: {refused}");
        }
        let gone = control.get("/control/webhooks/WHE-1/messages").await;
        assert_eq!((gone.status.as_u16(), gone.error_code()), (404, Some(4041)));
        assert_eq!(control.get("/control/webhooks").await.root("webhooks"), json!([]));
    }
}

/// Lives that are ended by kill -9 while messages are written, on their way, and waiting.
async fn lives(mut server: Server) {
    const LIVES: usize = 10;
    const USERS: usize = 40;
    let control_of = |server: &Server| {
        Caller::new(server.base_url())
            .header("md-control-key", riverbank_testkit::server::CONTROL_KEY)
            .header("content-type", "application/json")
    };
    let credentials = server.create_client("acme").expect("a client");
    let sink = WebhookSink::start().await.expect("a sink");
    let webhook = guid(&add(&control_of(&server), &sink.url(), &["user"]).await).to_owned();
    for life in 0..LIVES {
        // Slow enough that the server dies between the sink's taking of a message and its answer.
        let after = Duration::from_millis(if life % 2 == 0 { 250 } else { 0 });
        sink.set(Manner::Answers { status: 204, headers: Vec::new(), body: String::new(), after });
        let acme = Partner::new(Caller::new(server.base_url()), &credentials);
        let making = tokio::spawn(async move {
            for number in 0..USERS {
                let body = json!({"user": {"id": format!("user-{life}-{number}")}});
                let path = "/mdx/acme/users";
                if acme.mdx().send(riverbank_testkit::client::Method::POST, path, Some(&body)).await.is_err()
                {
                    break;
                }
            }
        });
        // Each life is a little longer than the one before, so that death comes at different places.
        let count = sink.received().len() + 1 + 3 * life;
        assert!(sink.wait_for(count, PATIENCE).await.len() >= count, "the sink is not sent {count} requests");
        server.kill9();
        making.await.expect("calls that end");
        server.start_again().expect("the server starts again on what it left");
    }
    sink.set(Manner::status(204));
    let messages = delivered(&control_of(&server), &webhook).await;
    let written: BTreeSet<_> = messages.iter().map(|message| guid(message).to_owned()).collect();
    let received = sink.received();
    let came: BTreeSet<_> = received.iter().map(|one| one.id().to_owned()).collect();
    assert!(written.len() > 20, "{}", written.len());
    assert_eq!(came, written, "each message has come, and nothing that was not written");
    assert!(received.len() > came.len(), "some were sent and not noted");
    server.stop().expect("a clean stop");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_deaths_lose_no_message_on_sqlite() {
    lives(Server::start(ServerOptions::default()).expect("a server")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_deaths_lose_no_message_on_postgres() {
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    let options = ServerOptions::on(cluster.create_database().expect("a new database"));
    // What a dead server held is taken over soon.
    lives(Server::start(options.with("RIVERBANK_JOB_LEASE", "2s")).expect("a server")).await;
}

#[tokio::test]
async fn of_two_servers_one_sends_and_the_other_takes_over_when_it_dies() {
    const MASTER_KEY: &str = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    let url = cluster.create_database().expect("a new database");
    // A lease that a busy machine does not let run out, and whose end comes well within our patience.
    let node = || {
        let options = ServerOptions::on(&url).with("RIVERBANK_MASTER_KEY", MASTER_KEY);
        Server::start(options.with("RIVERBANK_JOB_LEASE", "15s")).expect("a server")
    };
    let (mut one, two) = (node(), node());
    let credentials = one.create_client("acme").expect("a client");
    let control = Caller::new(two.base_url())
        .header("md-control-key", riverbank_testkit::server::CONTROL_KEY)
        .header("content-type", "application/json");
    let sink = WebhookSink::start().await.expect("a sink");
    let slowly = |milliseconds| Manner::Answers {
        status: 204,
        headers: Vec::new(),
        body: String::new(),
        after: Duration::from_millis(milliseconds),
    };
    sink.set(slowly(10));
    let webhook = guid(&add(&control, &sink.url(), &["user"]).await).to_owned();
    let acme = Partner::new(Caller::new(two.base_url()), &credentials);
    for number in 0..100 {
        acme.create_user(&format!("user-{number}")).await;
    }
    assert_eq!(delivered(&control, &webhook).await.len(), 100);
    let received = sink.received();
    let ids: BTreeSet<_> = received.iter().map(|one| one.id().to_owned()).collect();
    assert_eq!((received.len(), ids.len()), (100, 100), "none was sent by both");
    sink.set(slowly(300));
    for number in 100..140 {
        acme.create_user(&format!("user-{number}")).await;
    }
    one.kill9();
    assert_eq!(delivered(&control, &webhook).await.len(), 140);
    let ids: BTreeSet<_> = sink.received().iter().map(|one| one.id().to_owned()).collect();
    assert_eq!(ids.len(), 140);
}

/// A member that nobody hears of costs its users nothing, and leaves nothing behind.
#[tokio::test]
async fn while_nobody_listens_no_message_is_written() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    settled(&user, &user.post("/members", &mx_bank("mxuser", "password")).await.root("member")).await;
    let control = world.control();
    let url = format!("{}/control/sink/mine", world.server.base_url());
    let webhook = guid(&add(&control, &url, &["member"]).await).to_owned();
    assert!(delivered(&control, &webhook).await.is_empty());
}
