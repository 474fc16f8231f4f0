//! `riverbank sandbox run`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use riverbank_testkit::server::{CONTROL_KEY, Server, ServerOptions};

/// A server that does not run, whose directory holds this journey as `it.toml`.
fn with_journey(text: &str) -> Server {
    let server = super::prepared(ServerOptions::default());
    fs::write(server.directory().join("it.toml"), text).expect("a written file");
    server
}

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/journeys");
    let entries = fs::read_dir(folder).expect("the examples");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an example").path()).collect();
    files.sort();
    files
}

fn play(server: &Server, arguments: &[&str]) -> Output {
    server.output(&[&["sandbox", "run"], arguments].concat()).expect("a command that can be run")
}

fn printed(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

#[test]
fn the_journeys_that_ship_end_as_expected_on_sandboxes_of_their_own() {
    let files = examples();
    assert_eq!(files.len(), 3);
    let names: Vec<_> = files.iter().map(|file| file.to_str().expect("a path")).collect();
    let output = play(&super::prepared(ServerOptions::default()), &names);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert!(printed(&output).ends_with("3 of 3 journeys ended as expected\n"));
}

#[test]
fn what_differs_is_printed_with_the_line_that_expects_it() {
    let server = with_journey(
        "title = \"T\"\n\
         [[step]]\n\
         open = \"jane\"\n\
         [[step]]\n\
         call = \"GET /user\"\n\
         expect.body.user = { external_guid = \"joan\" }\n\
         [[step]]\n\
         call = \"GET /members\"\n",
    );
    let output = play(&server, &["it.toml"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = printed(&output);
    let difference = "it.toml:6: user.external_guid\n    expected  \"joan\"\n    actual    \"jane\"\n";
    assert!(printed.contains(difference), "{printed}");
    assert!(printed.contains("0 of 1 journeys ended as expected"), "{printed}");
    assert!(!printed.contains("GET /members"), "{printed}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_by_line_and_column_and_nothing_is_played() {
    let server =
        with_journey("title = \"T\"\n[[step]]\nopen = \"jane\"\n[[step]]\ncall = \"GET /{nothing}\"\n");
    fs::write(server.directory().join("good.toml"), "title = \"G\"\n[[step]]\nopen = \"jane\"\n").unwrap();
    let output = play(&server, &["good.toml", "it.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("riverbank: it.toml:5:8: {nothing} stands for nothing"), "{stderr}");
    assert_eq!(play(&server, &["missing.toml"]).status.code(), Some(2));
}

#[test]
fn a_journey_is_played_in_a_sandbox_that_runs() {
    let server = Server::start(ServerOptions::default()).expect("a server");
    let made = server.run(&["client", "create", "ci", "--json"]).expect("a client");
    fs::write(server.directory().join("client.json"), made).unwrap();
    fs::write(server.directory().join("key"), CONTROL_KEY).unwrap();
    let there = ["--url", server.base_url(), "--client", "client.json", "--key-file", "key"];
    let denial = examples().into_iter().find(|file| file.ends_with("denial.toml")).expect("an example");
    let run = [&there[..], &[denial.to_str().expect("a path")]].concat();
    assert_eq!(play(&server, &run).status.code(), Some(0));
    // The journey left its member behind.
    let again = play(&server, &run);
    assert_eq!(again.status.code(), Some(1));
    assert!(printed(&again).contains("denial.toml:13: status"), "{}", printed(&again));
}

#[test]
fn a_sandbox_that_does_not_answer_is_no_difference() {
    let server = with_journey("title = \"T\"\n[[step]]\nopen = \"jane\"\n");
    fs::write(server.directory().join("client.json"), r#"{"client_id": "ci", "api_key": "x"}"#).unwrap();
    // The port for discarding: nothing listens there.
    let nowhere = ["--url", "http://127.0.0.1:9", "--client", "client.json", "it.toml"];
    assert_eq!(play(&server, &nowhere).status.code(), Some(2));
    assert_eq!(play(&server, &["--url", "http://127.0.0.1:9", "it.toml"]).status.code(), Some(2));
}
