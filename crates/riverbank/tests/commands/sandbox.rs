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
