//! The calls of `docs/sandbox.md`, as they stand there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use riverbank_testkit::client::Caller;
use serde_json::Value;

use super::world::{Backend, CONTROL_KEY, World, connected, guid};

/// The sections whose calls need nothing but a member.
const SECTIONS: [&str; 5] = ["Clock", "Members", "Institutions", "Faults", "State"];

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/sandbox.md");
    fs::read_to_string(path).unwrap()
}

/// The lines for a shell of a section that call the server.
fn lines(document: &str, section: &str) -> String {
    let start = format!("\n## {section}\n");
    let (_, rest) = document.split_once(&start).unwrap_or_else(|| panic!("no section {section}"));
    let text = rest.split("\n## ").next().unwrap();
    let blocks = text.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    blocks.filter(|block| block.contains("curl ")).collect()
}

/// Method and path of a line, if it is a call.
fn call(line: &str) -> Option<(String, String)> {
    let words: Vec<_> = line.split_whitespace().collect();
    let at = words.iter().find_map(|word| word.trim_matches('"').strip_prefix("$BASE"))?;
    let path = at.split('?').next()?.to_owned();
    let given = words.iter().position(|word| *word == "-X").map(|place| words[place + 1]);
    let sends = words.iter().any(|word| matches!(*word, "-d" | "--data-binary"));
    Some((given.unwrap_or(if sends { "POST" } else { "GET" }).to_owned(), path))
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(wanted, given)| wanted == given || wanted.starts_with('{'))
}

#[tokio::test]
async fn every_line_of_the_document_works_when_it_is_pasted() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let member = connected(&user, "password").await;
    let document = document();
    for section in SECTIONS {
        let script = format!(
            "curl() {{ command curl --fail-with-body \"$@\"; echo; }}\n{}",
            lines(&document, section)
        );
        let output = Command::new("sh")
            .args(["-eu", "-c", &script])
            .current_dir(world.server.directory())
            .env("BASE", world.server.base_url())
            .env("KEY", CONTROL_KEY)
            .env("MEMBER", guid(&member))
            .env("NO_PROXY", "127.0.0.1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{section}: {said}{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[tokio::test]
async fn every_operation_has_its_line() {
    let world = World::on(Backend::Sqlite).await;
    let control = Caller::new(world.server.base_url()).get("/control/openapi.json").await.json();
    let document = document();
    let calls: BTreeSet<_> = SECTIONS
        .iter()
        .flat_map(|section| lines(&document, section).lines().filter_map(call).collect::<Vec<_>>())
        .collect();
    for (template, item) in control["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let tag: &Value = &operation["tags"][0];
            if !SECTIONS.iter().any(|section| tag == &section.to_lowercase()) {
                continue;
            }
            let is_there =
                |(given, path): &(String, String)| given.eq_ignore_ascii_case(method) && fits(template, path);
            assert!(calls.iter().any(is_there), "docs/sandbox.md has no line of {method} {template}");
        }
    }
}
