//! `riverbank sandbox ...` against a running sandbox.

use riverbank_testkit::server::{CONTROL_KEY, Server, ServerOptions};

use super::{failure_of, prepared};

#[test]
fn the_clock_is_moved_and_shown() {
    let server = Server::start(ServerOptions::default()).expect("a server");
    let clock = |arguments: &[&str]| {
        let place = ["--url", server.base_url()];
        server.run(&[&["sandbox", "clock"], arguments, &place].concat()).expect("a clock")
    };
    clock(&["freeze"]);
    assert_eq!(clock(&["set", "2026-03-01T09:00:00Z"]), "2026-03-01T09:00:00.000000Z frozen\n");
    assert_eq!(clock(&["advance", "36h"]), "2026-03-02T21:00:00.000000Z frozen\n");
    assert!(clock(&["speed", "60"]).ends_with(" running 60 times as fast\n"));
    assert!(clock(&["show"]).starts_with("2026-03-02T21:"));
    assert!(clock(&["resume"]).ends_with(" running\n"));
    let refused = failure_of(&server, &["sandbox", "clock", "speed", "0", "--url", server.base_url()]);
    assert!(refused.contains("speed must be a whole number from 1 to 86400."), "{refused}");
}

#[test]
fn the_key_is_that_of_the_environment_or_of_a_file() {
    let server = Server::start(ServerOptions::default()).expect("a server");
    std::fs::write(server.directory().join("right"), CONTROL_KEY).expect("a file");
    std::fs::write(server.directory().join("wrong"), "another key").expect("a file");
    let show = ["sandbox", "clock", "show", "--url", server.base_url(), "--key-file"];
    server.run(&[&show[..], &["right"]].concat()).expect("a clock");
    let refused = failure_of(&server, &[&show[..], &["wrong"]].concat());
    assert!(refused.contains("The control key is missing or wrong."), "{refused}");
    let refused = failure_of(&server, &[&show[..], &["none"]].concat());
    assert!(refused.contains("none: ") && refused.contains("--key-file"), "{refused}");
}

#[test]
fn a_sandbox_that_does_not_run_is_named() {
    let refused = failure_of(
        &prepared(ServerOptions::default()),
        &["sandbox", "clock", "show", "--url", "http://127.0.0.1:9"],
    );
    assert!(refused.contains("http://127.0.0.1:9") && refused.contains("--url"), "{refused}");
}

const BANK: &str = r#"
[[institution]]
code = "corner"
name = "Corner Bank"
connector = "script"
[[institution.script.login]]
"#;

#[test]
fn banks_come_and_go() {
    let server = Server::start(ServerOptions::default()).expect("a server");
    std::fs::write(server.directory().join("corner.toml"), BANK).expect("a file");
    std::fs::write(server.directory().join("flawed.toml"), BANK.replace("name", "nam")).expect("a file");
    let bank = |arguments: &[&str]| {
        server.run(&[&["sandbox", "bank"], arguments, &["--url", server.base_url()]].concat()).expect("banks")
    };
    assert_eq!(bank(&["check", "corner.toml"]), "corner.toml can be loaded: corner\n");
    assert_eq!(bank(&["load", "corner.toml"]), "1 new, 0 changed, 0 as they were\n");
    assert_eq!(bank(&["load", "corner.toml"]), "0 new, 0 changed, 1 as they were\n");
    let list = bank(&["list"]);
    assert!(list.contains("corner\tscript\t0\tloaded\tCorner Bank\n"), "{list}");
    assert!(list.contains("mxbank\tscript\t0\tbuilt in\tMX Bank\n"), "{list}");
    assert!(bank(&["show", "corner"]).contains("code = \"corner\""));
    assert_eq!(bank(&["remove", "corner"]), "corner is gone\n");
    for (arguments, reason) in [
        (["load", "flawed.toml"], "flawed.toml: line 4, column 1: unknown field `nam`"),
        (["load", "none.toml"], "none.toml: "),
        (["remove", "mxbank"], "The institution comes with the server and stays."),
        (["show", "corner"], "Not found."),
    ] {
        let refused = failure_of(
            &server,
            &[&["sandbox", "bank"], &arguments[..], &["--url", server.base_url()]].concat(),
        );
        assert!(refused.contains(reason), "{refused}");
    }
}

#[test]
fn faults_are_planned_and_taken_away() {
    let server = Server::start(ServerOptions::default()).expect("a server");
    let place = ["--url", server.base_url()];
    let fault = |arguments: &[&str]| {
        server.run(&[&["sandbox", "fault"], arguments, &place].concat()).expect("faults")
    };
    let at = "INS-1572a04c-912b-59bf-5841-332c7dfafaef";
    let first = format!("1\tSTATUS 503\t{at}\tany call\t0 struck, 2 left\n");
    let second = format!("2\tLATENCY 20\t{at}\tFETCH\t0 struck, until it is taken away\n");
    assert_eq!(fault(&["add", "--bank", "mxbank", "--status", "503", "--times", "2"]), first);
    assert_eq!(fault(&["add", "--bank", "mxbank", "--latency", "20", "--call", "FETCH"]), second);
    assert_eq!(fault(&["list"]), first + &second);
    assert_eq!(fault(&["clear", "1"]), "fault 1 is gone\n");
    assert_eq!(fault(&["list"]), second);
    assert_eq!(fault(&["clear"]), "all faults are gone\n");
    assert_eq!(fault(&["list"]), "");
    let without = failure_of(&server, &[&["sandbox", "fault", "add", "--timeout"], &place[..]].concat());
    assert!(without.contains("--bank"), "{without}");
    let both = ["sandbox", "fault", "add", "--bank", "mxbank", "--timeout", "--half-answer"];
    assert!(failure_of(&server, &[&both, &place[..]].concat()).contains("cannot be used with"));
}

#[tokio::test]
async fn a_member_is_looked_into_and_put_in_a_state() {
    use riverbank_testkit::client::{Caller, Partner};
    let server = Server::start(ServerOptions::default()).expect("a server");
    let partner =
        Partner::new(Caller::new(server.base_url()), &server.create_client("acme").expect("a client"));
    partner.create_user("user").await;
    let bank = "INS-1572a04c-912b-59bf-5841-332c7dfafaef";
    let body = serde_json::json!({"member": {"institution_guid": bank, "connection_status": "CONNECTED"}});
    let made = partner.session("user").await.post("/members", &body).await.root("member");
    let guid = made["guid"].as_str().expect("a guid");
    let member = |arguments: &[&str]| {
        server
            .run(&[&["sandbox", "member"], arguments, &["--url", server.base_url()]].concat())
            .expect("a member")
    };
    assert!(member(&["show", guid]).contains("\"attempts\": 0"));
    assert_eq!(member(&["set", guid, "CHALLENGED"]), format!("{guid} is CHALLENGED\n"));
    assert_eq!(member(&["expire-challenge", guid]), format!("{guid} is EXPIRED\n"));
    let planned = member(&["fail", guid, "--as", "DENIED", "--times", "3"]);
    assert_eq!(planned, format!("the next 3 attempts of {guid} end in DENIED\n"));
    assert!(member(&["show", guid]).contains("\"remaining\": 3"));
}

#[tokio::test]
async fn the_state_is_kept_put_back_and_carried_in_a_file() {
    use std::os::unix::fs::PermissionsExt;

    use riverbank_testkit::client::{Caller, Partner};
    let server = Server::start(ServerOptions::default()).expect("a server");
    let partner =
        Partner::new(Caller::new(server.base_url()), &server.create_client("acme").expect("a client"));
    partner.create_user("user").await;
    let place = ["--url", server.base_url()];
    let state = |arguments: &[&str]| {
        server.run(&[&["sandbox", "state"], arguments, &place].concat()).expect("the state")
    };
    let kept = state(&["snapshot", "evening"]);
    assert!(kept.starts_with("evening\t") && kept.contains(" rows\t"), "{kept}");
    assert_eq!(state(&["list"]), kept);
    assert_eq!(state(&["reset"]), "clients reset: 1, users gone: 1\n");
    assert_eq!(state(&["reset", "--client", "acme"]), "clients reset: 1, users gone: 0\n");
    assert_eq!(state(&["restore", "evening"]), kept);
    assert!(partner.mdx().get("/mdx/acme/users/user").await.status.is_success());

    let file = server.directory().join("evening.snapshot");
    let told = state(&["export", "evening", "evening.snapshot"]);
    assert!(told.ends_with("whoever has it can read the logins in it\n"), "{told}");
    assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    assert_eq!(state(&["remove", "evening"]), "snapshot evening is gone\n");
    assert_eq!(state(&["load", "morning", "evening.snapshot"]), kept.replacen("evening", "morning", 1));
    std::fs::write(server.directory().join("flawed"), &std::fs::read(&file).expect("a file")[..500])
        .expect("a file");
    for (arguments, reason) in [
        (&["export", "morning", "evening.snapshot"][..], "evening.snapshot: "),
        (&["load", "noon", "flawed"], "flawed: The file breaks off."),
        (&["load", "morning", "evening.snapshot"], "There is a snapshot morning already"),
        (&["restore", "evening"], "Not found."),
        (&["reset", "--client", "nobody"], "There is no such client."),
    ] {
        let refused = failure_of(&server, &[&["sandbox", "state"], arguments, &place].concat());
        assert!(refused.contains(reason), "{refused}");
    }
}
