use riverbank_testkit::client::{Caller, Credentials, Partner};
use riverbank_testkit::server::{Server, ServerOptions};

use super::{failure_of, prepared};

#[test]
fn a_client_is_made_once_and_its_key_is_printed_with_it() {
    let server = prepared(ServerOptions::default());
    let acme = server.create_client("acme").unwrap();
    assert_eq!(acme.client_id, "acme");
    assert!(acme.client_guid.starts_with("CLT-"), "{acme:?}");
    let listed = server.run(&["client", "list"]).unwrap();
    assert!(listed.starts_with(&format!("acme\t{}\tenabled\t", acme.client_guid)), "{listed}");
    let refused = failure_of(&server, &["client", "create", "acme"]);
    assert_eq!(refused, "riverbank: there is a client acme already\n");
}

#[tokio::test]
async fn a_rotated_key_and_a_disabled_client_are_felt_by_a_running_server() {
    let server = Server::start(ServerOptions::default()).unwrap();
    let mut acme = server.create_client("acme").unwrap();
    let partner = |credentials: &Credentials| Partner::new(Caller::new(server.base_url()), credentials);
    partner(&acme).create_user("u1").await;

    let printed = server.run(&["client", "rotate-key", "acme"]).unwrap();
    let refused = partner(&acme).mdx().get("/mdx/acme/users/u1").await;
    assert_eq!(refused.error_code(), Some(4011));
    acme.api_key = printed.lines().next().unwrap().trim_start_matches("api key: ").to_owned();
    partner(&acme).mdx().get("/mdx/acme/users/u1").await.root("user");

    server.run(&["client", "disable", "acme"]).unwrap();
    let refused = partner(&acme).mdx().get("/mdx/acme/users/u1").await;
    assert_eq!(refused.error_code(), Some(4011));
}

#[test]
fn refreshes_in_the_background_are_switched_off_and_on() {
    let server = prepared(ServerOptions::default());
    server.create_client("acme").unwrap();
    let background = |state: &str| server.run(&["client", "background", "acme", state]).unwrap();
    assert_eq!(background("off"), "acme's members are not refreshed in the background\n");
    assert_eq!(background("on"), "acme's members are refreshed in the background\n");
    let refused = failure_of(&server, &["client", "background", "nobody", "off"]);
    assert_eq!(refused, "riverbank: there is no client nobody\n");
}

#[test]
fn features_are_listed_and_switched() {
    let server = prepared(ServerOptions::default());
    server.create_client("acme").unwrap();
    let features = |arguments: &[&str]| server.run(&[&["client", "features"], arguments].concat());
    let listed = |state: &str| {
        format!("identification\ton\nverification\t{state}\nextended_history\ton\nname_splitting\toff\n")
    };
    assert_eq!(features(&["list", "acme"]).unwrap(), listed("on"));
    let switched = features(&["set", "acme", "verification", "off"]).unwrap();
    assert_eq!(switched, "verification is off for acme\n");
    assert_eq!(features(&["list", "acme"]).unwrap(), listed("off"));
    let refused = failure_of(&server, &["client", "features", "set", "nobody", "verification", "on"]);
    assert_eq!(refused, "riverbank: there is no client nobody\n");
    let unknown = features(&["set", "acme", "statements", "on"]).unwrap_err().to_string();
    assert!(unknown.contains("identification, verification, extended_history, name_splitting"), "{unknown}");
}

#[test]
fn time_zones_are_given_to_clients_and_to_users() {
    let server = prepared(ServerOptions::default());
    server.create_client("acme").unwrap();
    let given = |zone: &str| server.run(&["client", "time-zone", "acme", zone]).unwrap();
    assert_eq!(given("America/Denver"), "acme's users live by America/Denver\n");
    assert_eq!(given("none"), "acme's users live by UTC\n");
    let refused = failure_of(&server, &["client", "time-zone", "acme", "Denver"]);
    let asked = "it is a name of the IANA database, such as America/Denver";
    assert_eq!(refused, format!("riverbank: there is no time zone \"Denver\": {asked}\n"));
    let nobody = "USR-00000000-0000-4000-8000-000000000000";
    let refused = failure_of(&server, &["user", "time-zone", nobody, "none"]);
    assert_eq!(refused, format!("riverbank: there is no user {nobody}\n"));
}

#[test]
fn redirect_addresses_are_added_listed_and_removed() {
    let server = prepared(ServerOptions::default());
    server.create_client("acme").unwrap();
    let urls = |arguments: &[&str]| server.run(&[&["client", "redirect-urls"], arguments].concat());
    urls(&["add", "acme", "https://app.example.com/back"]).unwrap();
    assert_eq!(urls(&["list", "acme"]).unwrap(), "https://app.example.com/back\n");
    urls(&["remove", "acme", "https://app.example.com/back"]).unwrap();
    assert_eq!(urls(&["list", "acme"]).unwrap(), "");
    assert!(urls(&["remove", "acme", "https://app.example.com/back"]).is_err());
    let refused = failure_of(&server, &["client", "redirect-urls", "add", "nobody", "https://a.example/"]);
    assert_eq!(refused, "riverbank: there is no client nobody\n");
}

#[test]
fn origins_are_added_listed_and_removed() {
    let server = prepared(ServerOptions::default());
    server.create_client("acme").unwrap();
    let origins = |arguments: &[&str]| server.run(&[&["client", "origins"], arguments].concat());
    origins(&["add", "acme", "https://app.example.com"]).unwrap();
    assert_eq!(origins(&["list", "acme"]).unwrap(), "https://app.example.com\n");
    origins(&["remove", "acme", "https://app.example.com"]).unwrap();
    assert_eq!(origins(&["list", "acme"]).unwrap(), "");
    assert!(origins(&["remove", "acme", "https://app.example.com"]).is_err());
    let refused = failure_of(&server, &["client", "origins", "add", "acme", "http://app.example.com"]);
    assert_eq!(refused, "riverbank: an origin is of https; http is for this machine, in a sandbox\n");
}
