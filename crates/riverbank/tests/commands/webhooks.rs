//! `riverbank webhook ...`, beside a running server.

use std::fs;
use std::time::Duration;

use riverbank_testkit::client::{Caller, Partner};
use riverbank_testkit::server::{Server, ServerOptions};
use riverbank_testkit::webhook_sink::{Manner, WebhookSink};
use tokio::time::{Instant, sleep};

/// How long a message is waited for, and the gap between two looks at it.
const PATIENCE: Duration = Duration::from_mins(1);
const GLANCE: Duration = Duration::from_millis(100);

/// The first word of a text that begins so.
fn word(text: &str, beginning: &str) -> String {
    let mut words = text.split_whitespace();
    words
        .find(|word| word.starts_with(beginning))
        .unwrap_or_else(|| panic!("no {beginning} in {text}"))
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_is_handled_from_its_making_to_its_end() {
    let server = Server::start(ServerOptions::default()).expect("a server");
    let credentials = server.create_client("acme").expect("a client");
    let sink = WebhookSink::start().await.expect("a sink");
    let run = |arguments: &[&str]| server.run(&[&["webhook"], arguments].concat()).expect("an answer");
    let password = server.directory().join("password");
    fs::write(&password, "s3cret\n").expect("a file");
    let added = run(&[
        "add",
        "acme",
        &sink.url(),
        "--events",
        "user,member",
        "--basic",
        "bank",
        "--secret-file",
        password.to_str().expect("a path"),
    ]);
    let (endpoint, secret) = (word(&added, "WHE-"), word(&added, "whsec_"));
    let listed = run(&["list", "acme"]);
    assert!(
        listed.contains(&format!("{endpoint}\tacme\t{}\tuser,member\tbasic\tenabled", sink.url())),
        "{listed}"
    );
    assert!(!listed.contains(&secret) && !listed.contains("s3cret"), "{listed}");
    assert_eq!(run(&["list", "nobody"]), "");

    let tried = run(&["test", &endpoint, "--event", "transaction", "--action", "deleted"]);
    assert!(tried.contains("\ttransaction\tDELIVERED\n1\t"), "{tried}");
    let received = sink.received().pop().expect("a message");
    assert_eq!(received.json()["action"], "deleted");
    assert_eq!(received.header("authorization"), "Basic YmFuazpzM2NyZXQ=");
    sink.set(Manner::status(503));
    let tried = run(&["test", &endpoint]);
    assert!(tried.contains("\tmember\tFAILED\n") && tried.contains(" ms\t503"), "{tried}");
    sink.set(Manner::status(204));
    sink.clear();

    let acme = Partner::new(Caller::new(server.base_url()), &credentials);
    acme.create_user("user").await;
    assert_eq!(sink.wait_for(1, PATIENCE).await.len(), 1);
    let id = sink.received()[0].id().to_owned();
    // A message is received before its end is written, and only what has ended is sent once more.
    let ended = async || {
        let begun = Instant::now();
        while !run(&["log", "--message", &id]).contains("\tDELIVERED\n") {
            assert!(begun.elapsed() < PATIENCE, "{id} does not end");
            sleep(GLANCE).await;
        }
    };
    ended().await;
    run(&["replay", &id]);
    assert_eq!(sink.wait_for(2, PATIENCE).await.len(), 2);
    assert_eq!(sink.received()[1].id(), id);
    ended().await;
    let log = run(&["log", "--endpoint", &endpoint]);
    assert_eq!(log.lines().count(), 3, "{log}");
    let all = run(&["replay", "--endpoint", &endpoint, "--since", "2020-01-01T00:00:00Z"]);
    assert_eq!(all, "3 messages are sent once more\n");
    assert_eq!(sink.wait_for(5, PATIENCE).await.len(), 5);

    let rotated = run(&["rotate-secret", &endpoint, "--overlap", "1h"]);
    assert_ne!(word(&rotated, "whsec_"), secret);
    assert!(run(&["list"]).contains("\told secret until "));
    run(&["disable", &endpoint]);
    assert!(run(&["list"]).contains("disabled: it was disabled by the operator"));
    run(&["enable", &endpoint]);
    run(&["remove", &endpoint]);
    assert_eq!(run(&["list"]), "");
    let refused = server.run(&["webhook", "disable", &endpoint]).expect_err("no such endpoint").to_string();
    assert!(refused.contains(&format!("there is no endpoint {endpoint}")), "{refused}");
}
