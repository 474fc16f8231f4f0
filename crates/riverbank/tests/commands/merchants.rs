use std::fs;

use riverbank_testkit::server::ServerOptions;

use super::{failure_of, prepared};

const CATALOGUE: &str = "[Groceries]\nMeadow Mill | = MDW MILL | meadow.example\n@ | Provo | UT\n";

#[test]
fn what_is_exported_can_be_loaded_again_and_changes_nothing() {
    let server = prepared(ServerOptions::default());
    let file = server.directory().join("merchants.txt");
    fs::write(&file, CATALOGUE).unwrap();
    let load = || server.run(&["merchants", "load", "merchants.txt"]).unwrap();
    assert_eq!(load(), "1 new, 0 changed, 0 as they were\n");
    let exported = server.run(&["merchants", "export"]).unwrap();
    assert_eq!(exported, CATALOGUE);
    fs::write(&file, exported).unwrap();
    assert_eq!(load(), "0 new, 0 changed, 1 as they were\n");
}

#[test]
fn every_flaw_of_a_file_is_told_and_nothing_of_it_is_loaded() {
    let server = prepared(ServerOptions::default());
    fs::write(server.directory().join("merchants.txt"), format!("Early\n{CATALOGUE}@ here\n")).unwrap();
    let refused = failure_of(&server, &["merchants", "load", "merchants.txt"]);
    assert!(refused.contains("merchants.txt:1: no category stands above it"), "{refused}");
    assert!(refused.contains("merchants.txt:5: the city is missing"), "{refused}");
    assert_eq!(server.run(&["merchants", "export"]).unwrap(), "");
}
