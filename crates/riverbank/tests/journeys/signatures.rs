//! The judgement of others: what we sign, the packages of `PyPI` and npm take, and what was changed they do not.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use riverbank_testkit::webhook_sink::{Received, WebhookSink};
use serde_json::{Value, json};

use super::world::{Backend, World, guid};

/// Where the judges are installed, by `cargo xtask test`.
fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target")
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/webhooks").join(name)
}

fn python() -> Command {
    let python = target().join("venv/bin/python");
    assert!(
        python.exists(),
        "the outside judges are not here: `cargo xtask test` installs them into target/venv"
    );
    let mut command = Command::new(python);
    command.arg(script("verify.py"));
    command
}

fn node() -> Command {
    let modules = target().join("npm");
    assert!(
        modules.join("node_modules/standardwebhooks").exists(),
        "the outside judges are not here: `cargo xtask test` installs them into target/npm"
    );
    let mut command = Command::new("node");
    command.arg(script("verify.mjs")).arg(modules.canonicalize().expect("a directory"));
    command
}

/// Whether a judge takes a message under a secret; what it says where it does not.
fn judge(mut judge: Command, secret: &str, message: &Received) -> Result<(), String> {
    let told = json!({"secret": secret, "headers": message.headers, "body": message.body});
    let mut child = judge
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a judge that can be started: python3 and node are needed");
    child.stdin.take().expect("an input").write_all(told.to_string().as_bytes()).expect("a judge that reads");
    let output = child.wait_with_output().expect("a judge that ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(said) }
}

fn secret(webhook: &Value) -> String {
    webhook["secret"].as_str().expect("a secret").to_owned()
}

#[tokio::test]
async fn what_is_signed_is_taken_by_other_implementations_under_both_secrets_and_no_other() {
    let world = World::on(Backend::Sqlite).await;
    let (control, sink) = (world.control(), WebhookSink::start().await.expect("a sink"));
    let body = json!({"client_id": "acme", "url": sink.url(), "events": ["user"]});
    let old = control.post("/control/webhooks", &body).await.root("webhook");
    let path = format!("/control/webhooks/{}", guid(&old));
    let new = control.post(&format!("{path}/rotate_secret"), &json!({})).await.root("webhook");
    let other = control.post("/control/webhooks", &body).await.root("webhook");
    control.post(&format!("{path}/test"), &json!({"event": "transaction"})).await.root("message");
    let message = sink.received().pop().expect("a message");
    assert_eq!(message.header("webhook-signature").split(' ').count(), 2);
    for make in [python, node] {
        for right in [&old, &new] {
            judge(make(), &secret(right), &message).expect("a signature that is taken");
        }
        let refused = judge(make(), &secret(&other), &message).expect_err("another secret");
        assert!(refused.contains("ignature"), "{refused}");
        let mut changed = message.clone();
        changed.body.push(' ');
        assert!(judge(make(), &secret(&new), &changed).is_err(), "another body");
        let mut changed = message.clone();
        changed.headers.insert("webhook-id".to_owned(), "msg_2".to_owned());
        assert!(judge(make(), &secret(&new), &changed).is_err(), "another id");
        let mut changed = message.clone();
        changed.headers.insert("webhook-timestamp".to_owned(), "1700000000".to_owned());
        assert!(judge(make(), &secret(&new), &changed).is_err(), "another time");
    }
}
