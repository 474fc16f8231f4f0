use std::fs;
use std::os::unix::fs::PermissionsExt;

use riverbank_testkit::server::{Server, ServerOptions};
use riverbank_testkit::smtp_sink::{SmtpSink, Wire};

use super::{failure_of, prepared};

/// The findings of `doctor`, without the settings before them.
fn findings(server: &Server, arguments: &[&str]) -> String {
    let output = server.output(&[&["doctor"], arguments].concat()).expect("a command that can be run");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| !line.starts_with("       ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_healthy_sandbox_has_nothing_wrong() {
    let server = Server::start(ServerOptions::default()).unwrap();
    let found = findings(&server, &[]);
    assert!(!found.contains("WRONG"), "{found}");
    assert!(found.contains("ok     seal: the master key opens what the database holds"), "{found}");
    assert!(found.contains("ok     mode: sandbox"), "{found}");
}

#[test]
fn looking_makes_neither_database_nor_key() {
    let server = prepared(ServerOptions::default());
    let found = findings(&server, &[]);
    assert!(found.contains("is not there yet"), "{found}");
    assert_eq!(fs::read_dir(server.directory()).unwrap().count(), 0);
}

#[test]
fn another_key_another_mode_and_a_key_that_others_can_read_are_found() {
    let mut server = Server::start(ServerOptions::default()).unwrap();
    server.stop().unwrap();
    let other = server.run(&["keys", "generate"]).unwrap();
    fs::write(server.directory().join("other.key"), other).unwrap();
    let found = findings(&server, &["--master-key-file", "other.key", "--sandbox=false"]);
    for wrong in [
        "WRONG  configuration: outside a sandbox a server needs the public address",
        "WRONG  master key: others can read other.key; chmod 600 other.key",
        "WRONG  mode: the database belongs to a sandbox server, and this is a production server",
        "WRONG  seal: version 1 of the master key is not the key that the database is sealed under",
    ] {
        assert!(found.contains(wrong), "{wrong}\n{found}");
    }
}

#[test]
fn a_database_that_others_can_read_is_found() {
    let mut server = Server::start(ServerOptions::default()).unwrap();
    server.stop().unwrap();
    assert!(!findings(&server, &[]).contains("WRONG"));
    let file = server.directory().join("riverbank.db");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let found = findings(&server, &[]);
    assert!(
        found.contains("WRONG  database: others can read riverbank.db; chmod 600 riverbank.db*"),
        "{found}"
    );
}

#[test]
fn the_settings_are_shown_with_where_they_came_from_and_without_secrets() {
    let server = prepared(ServerOptions::default().with("RIVERBANK_CONTROL_KEY", "not-to-be-shown"));
    fs::write(server.directory().join("r.toml"), "workers = 3\n").unwrap();
    let output = server.output(&["doctor", "--config", "r.toml", "--listen", "127.0.0.1:1"]).unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    for line in [
        "listen = 127.0.0.1:1  (--listen)",
        "workers = 3  (r.toml)",
        "control_key = (set, not shown)  (RIVERBANK_CONTROL_KEY)",
        "seed = riverbank  (default)",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("not-to-be-shown"), "{text}");
}

#[test]
fn a_certificate_with_the_key_of_another_is_found() {
    let server = prepared(ServerOptions::default());
    for folder in ["one", "other"] {
        fs::create_dir(server.directory().join(folder)).unwrap();
        server.run(&["dev-ca", "--dir", folder]).unwrap();
    }
    let with_key = |key: &str| findings(&server, &["--tls-cert", "one/server.pem", "--tls-key", key]);
    let found = with_key("one/server.key");
    assert!(found.contains("ok     certificate: one/server.pem with its key"), "{found}");
    let found = with_key("other/server.key");
    assert!(found.contains("WRONG  certificate: other/server.key: "), "{found}");
    let refused = failure_of(&server, &["doctor", "--tls-cert", "one/server.pem"]);
    assert!(refused.contains("only one of them is given"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_is_said_hello_to_and_a_gateway_looked_at() {
    let relay = SmtpSink::start(Wire::Plain).await.unwrap();
    let options = ServerOptions::default()
        .with("RIVERBANK_SMTP_URL", relay.url(""))
        .with("RIVERBANK_MAIL_FROM", "alerts@bank.example")
        .with("RIVERBANK_MESSAGE_GATEWAY_URL", "http://192.168.0.1/")
        .with("RIVERBANK_MESSAGE_GATEWAY_SECRET", "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
    let found = findings(&prepared(options.clone()), &[]);
    assert!(found.contains("ok     mail: localhost:"), "{found}");
    assert!(found.contains("WRONG  message gateway: "), "{found}");
    assert!(relay.letters().is_empty());
    drop(relay);
    let found = findings(&prepared(options), &[]);
    assert!(found.contains("WRONG  mail: localhost:"), "{found}");
}
