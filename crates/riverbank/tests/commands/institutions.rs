use std::fs;

use riverbank_testkit::server::ServerOptions;

use super::{failure_of, prepared};

const CATALOGUE: &str = r#"
[[institution]]
code = "millrace"
name = "Millrace Savings"
connector = "ofx"

[[institution.credential]]
field_name = "LOGIN"
label = "User ID"
type = "LOGIN"

[institution.ofx]
url = "https://ofx.millrace.example/"
org = "Millrace"
fid = "1"
version = 102
"#;

#[test]
fn what_is_exported_can_be_loaded_again_and_changes_nothing() {
    let server = prepared(ServerOptions::default());
    let file = server.directory().join("institutions.toml");
    fs::write(&file, CATALOGUE).unwrap();
    let load = || server.run(&["institutions", "load", "institutions.toml"]).unwrap();
    assert_eq!(load(), "1 new, 0 changed, 0 as they were\n");
    fs::write(&file, server.run(&["institutions", "export"]).unwrap()).unwrap();
    assert_eq!(load(), "0 new, 0 changed, 1 as they were\n");
}

#[test]
fn a_flawed_catalogue_is_refused_with_file_and_line() {
    let server = prepared(ServerOptions::default());
    let file = server.directory().join("institutions.toml");
    fs::write(file, CATALOGUE.replace("name =", "nmae =")).unwrap();
    let refused = failure_of(&server, &["institutions", "load", "institutions.toml"]);
    assert!(refused.contains("nmae") && refused.starts_with("riverbank: institutions.toml: "), "{refused}");
    assert_eq!(server.run(&["institutions", "export"]).unwrap(), "");
}
