//! Two servers on one PostgreSQL: what one does, the other knows.

use std::time::Duration;

use riverbank_testkit::client::{Caller, Partner};
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::server::{Server, ServerOptions};
use serde_json::{Value, json};

use super::world::{connected, guid, read};

const CONTROL_KEY: &str = "the-key-of-the-control-face";
/// A master key for both.
const MASTER_KEY: &str = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn node(url: &str) -> Server {
    let options = ServerOptions { sandbox: true, ..ServerOptions::on(url) };
    let options = options.with("RIVERBANK_CONTROL_KEY", CONTROL_KEY).with("RIVERBANK_MASTER_KEY", MASTER_KEY);
    Server::start(options).expect("a server")
}

async fn clock(node: &Server) -> Value {
    let control = Caller::new(node.base_url()).header("md-control-key", CONTROL_KEY);
    control.get("/control/clock").await.root("clock")["is_frozen"].take()
}

#[tokio::test]
async fn what_one_node_does_the_other_knows() {
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    let url = cluster.create_database().expect("a new database");
    let (one, two) = (node(&url), node(&url));
    let credentials = one.create_client("acme").expect("a client");
    let here = Partner::new(Caller::new(one.base_url()), &credentials);
    let there = Partner::new(Caller::new(two.base_url()), &credentials);
    here.create_user("user").await;
    let user = there.session("user").await;
    let member = connected(&user, "password").await;
    assert_eq!(member["connection_status"], "CONNECTED");

    let same = user.clone().at(one.base_url());
    assert_eq!(read(&same, &member).await, read(&user, &member).await);
    assert_eq!(same.delete(&format!("/members/{}", guid(&member))).await.status.as_u16(), 200);
    assert_eq!(user.get(&format!("/members/{}", guid(&member))).await.error_code(), Some(4041));

    let control = Caller::new(one.base_url()).header("md-control-key", CONTROL_KEY);
    let frozen =
        control.header("content-type", "application/json").post("/control/clock/freeze", &json!({})).await;
    assert!(frozen.status.is_success(), "{frozen}");
    for glance in 0.. {
        if clock(&two).await == true {
            break;
        }
        assert!(glance < 100, "the other node does not follow the clock");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    assert_eq!(same.delete("/sessions").await.status.as_u16(), 200);
    assert_eq!(user.get("/members").await.error_code(), Some(4011));
}
