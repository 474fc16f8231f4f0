use std::fs;

use riverbank_testkit::client::Caller;
use riverbank_testkit::ports;
use riverbank_testkit::server::{Server, ServerOptions};

use super::{failure_of, prepared};

fn production() -> ServerOptions {
    ServerOptions { sandbox: false, ..ServerOptions::default() }
}

#[test]
fn outside_a_sandbox_no_server_starts_without_a_master_key() {
    let refused = failure_of(&prepared(production()), &["serve"]);
    assert!(refused.contains("needs a master key"), "{refused}");
    assert!(refused.contains("riverbank keys generate > riverbank.key"), "{refused}");
}

#[tokio::test]
async fn a_production_server_starts_with_a_generated_key_and_has_nothing_of_a_sandbox() {
    let mut server = prepared(production().with("RIVERBANK_PUBLIC_URL", "https://feeds.example.com"));
    let key = server.run(&["keys", "generate"]).unwrap();
    fs::write(server.directory().join("riverbank.keyring"), key).unwrap();
    let refused = failure_of(&server, &["serve", "--master-key-file", "riverbank.key"]);
    assert!(refused.contains("riverbank.key (RIVERBANK_MASTER_KEY_FILE)"), "{refused}");

    server = prepared(production().with("RIVERBANK_PUBLIC_URL", "https://feeds.example.com").with(
        "RIVERBANK_MASTER_KEY",
        fs::read_to_string(server.directory().join("riverbank.keyring")).unwrap(),
    ));
    server.start_again().unwrap();
    let caller = Caller::new(server.base_url());
    assert_eq!(caller.get("/health/ready").await.status, 200);
    let (bank, server_of) = ("/banks/mx_bank_oauth", "/.well-known/oauth-authorization-server");
    let of_a_sandbox = [
        "/control/clock".to_owned(),
        "/control/openapi.json".to_owned(),
        "/control/sink/mine".to_owned(),
        format!("{bank}/authorize"),
        format!("{bank}/jwks"),
        format!("{bank}/.well-known/openid-configuration"),
        format!("{server_of}{bank}"),
    ];
    for path in of_a_sandbox {
        assert_eq!(caller.get(&path).await.status, 404, "{path}");
    }
    let tester = caller.header("md-session-token", "test_session");
    for path in ["/user", "/members", "/members/test_member", "/accounts"] {
        assert_eq!(tester.get(path).await.error_code(), Some(4011), "{path}");
    }
    server.stop().unwrap();
}

/// The commands of the other mode, on the database of this server.
fn in_the_other_mode(server: &Server, sandbox: bool, variables: &[(String, String)]) -> Server {
    let database = format!("sqlite://{}/riverbank.db", server.directory().display());
    prepared(ServerOptions { sandbox, variables: variables.to_vec(), ..ServerOptions::on(database) })
}

#[test]
fn commands_go_by_the_mode_of_the_database_whatever_they_are_told() {
    let add = ["webhook", "add", "acme", "http://127.0.0.1:9/hook"];
    let sandbox = Server::start(ServerOptions::default()).unwrap();
    let commands = in_the_other_mode(&sandbox, false, &[]);
    commands.create_client("acme").unwrap();
    commands.run(&add).unwrap();

    let key = prepared(production()).run(&["keys", "generate"]).unwrap();
    let options = production()
        .with("RIVERBANK_PUBLIC_URL", "https://feeds.example.com")
        .with("RIVERBANK_MASTER_KEY", key.trim());
    let variables = options.variables.clone();
    let server = Server::start(options).unwrap();
    let commands = in_the_other_mode(&server, true, &variables);
    commands.create_client("acme").unwrap();
    let refused = failure_of(&commands, &add);
    assert!(refused.contains("the address cannot be used"), "{refused}");
}

#[test]
fn a_database_of_the_other_mode_is_refused() {
    let mut server = Server::start(ServerOptions::default()).unwrap();
    server.stop().unwrap();
    let refused = failure_of(
        &server,
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--sandbox=false",
            "--public-url",
            "https://a.example",
            "--master-key-file",
            "riverbank.key",
        ],
    );
    assert!(
        refused.contains("the database belongs to a sandbox server, and this is a production server"),
        "{refused}"
    );
}

#[test]
fn a_second_server_of_an_sqlite_file_is_refused_and_commands_are_not() {
    let server = Server::start(ServerOptions::default()).unwrap();
    let refused = failure_of(&server, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(refused.contains("is served by another riverbank process"), "{refused}");
    server.create_client("acme").unwrap();
}

#[test]
fn a_taken_address_is_named() {
    let server = Server::start(ServerOptions::default()).unwrap();
    let address = server.base_url().trim_start_matches("http://");
    let refused = failure_of(&prepared(ServerOptions::default()), &["serve", "--listen", address]);
    assert!(refused.contains(address), "{refused}");
}

#[tokio::test]
async fn a_stopped_server_exits_with_0_and_goes_on_from_its_state() {
    let mut server = Server::start(ServerOptions::default()).unwrap();
    let acme = server.create_client("acme").unwrap();
    server.stop().unwrap();
    server.start_again().unwrap();
    let caller = Caller::new(server.base_url()).header("md-api-key", acme.api_key);
    assert_eq!(caller.get("/mdx/acme/users/u1").await.error_code(), Some(4041));
    server.stop().unwrap();
}

#[tokio::test]
async fn operations_have_an_address_of_their_own_where_one_is_given() {
    let address = ports::spare().unwrap();
    let server =
        Server::start(ServerOptions::default().with("RIVERBANK_OPS_LISTEN", address.to_string())).unwrap();
    let machines = Caller::new(&format!("http://{address}"));
    assert_eq!(machines.get("/health/live").await.status, 200);
    assert_eq!(machines.get("/metrics").await.status, 200);
    let public = Caller::new(server.base_url());
    assert_eq!(public.get("/metrics").await.status, 404);
    assert_eq!(public.get("/openapi.json").await.status, 200);
}

#[tokio::test]
async fn what_is_logged_holds_no_secret() {
    let server = Server::start(ServerOptions::default().with("RIVERBANK_LOG", "trace")).unwrap();
    let acme = server.create_client("acme").unwrap();
    let partner = riverbank_testkit::client::Partner::new(Caller::new(server.base_url()), &acme);
    partner.create_user("u1").await;
    let token = partner.api_token("u1").await;
    partner.session("u1").await.get("/user").await.root("user");
    let log = server.logged("/user").await;
    assert!(!log.contains(&acme.api_key) && !log.contains(&token), "a secret was logged");
}
