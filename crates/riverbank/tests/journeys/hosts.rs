//! Standing where the real hosts stand: TLS by the certificates of `dev-ca`, and a face for each host, seen by curl.

use std::fs;
use std::process::Command;

use riverbank_testkit::server::{Server, ServerOptions, Signal};
use serde_json::{Value, json};

/// A server over TLS, with the files of `dev-ca` in the folders `tls` and `other`.
struct Standing {
    server: Server,
    api_key: String,
}

/// What curl saw.
struct Seen {
    status: u16,
    body: Value,
}

impl Standing {
    fn new() -> Self {
        let options = ServerOptions::default()
            .with("RIVERBANK_TLS_CERT", "tls/server.pem")
            .with("RIVERBANK_TLS_KEY", "tls/server.key");
        let mut server = Server::prepare(options).expect("the built binary");
        for folder in ["tls", "other"] {
            fs::create_dir(server.directory().join(folder)).expect("a folder");
            server.run(&["dev-ca", "--dir", folder]).expect("certificates");
        }
        let api_key = server.create_client("acme").expect("a client").api_key;
        server.start_again().expect("a server");
        Self { server, api_key }
    }

    fn port(&self) -> &str {
        self.server.base_url().rsplit_once(':').expect("a port").1
    }

    /// Asks a host that is this machine, trusting the authority of a folder.
    fn curl(&self, trusted: &str, host: &str, path: &str, more: &[&str]) -> Result<Seen, String> {
        let port = self.port();
        let output = Command::new("curl")
            .args(["--silent", "--show-error", "--max-time", "20", "--write-out", "\n%{http_code}"])
            .args(["--cacert", &format!("{trusted}/authority.pem")])
            .args(["--resolve", &format!("{host}:{port}:127.0.0.1")])
            .args(more)
            .arg(format!("https://{host}:{port}{path}"))
            .current_dir(self.server.directory())
            .output()
            .expect("curl; on Debian: sudo apt-get install curl");
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let (body, status) = text.rsplit_once('\n').expect("a status");
        Ok(Seen {
            status: status.parse().expect("a number"),
            body: serde_json::from_str(body).unwrap_or_default(),
        })
    }

    fn ask(&self, host: &str, path: &str, headers: &[&str], body: Option<&Value>) -> Seen {
        let mut more: Vec<String> =
            headers.iter().flat_map(|header| ["--header".to_owned(), (*header).to_owned()]).collect();
        if let Some(body) = body {
            more.extend(["--json".to_owned(), body.to_string()]);
        }
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        self.curl("tls", host, path, &more).expect("an answer")
    }

    /// Waits until connections are by the authority of this folder.
    fn shows(&self, trusted: &str) {
        for _ in 0..1_200 {
            if self.curl(trusted, "localhost", "/health/live", &[]).is_ok() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the certificate is not that of {trusted}:\n{}", self.server.log());
    }
}

const DATA: &str = "int-data.moneydesktop.com";
const SSO: &str = "int-sso.moneydesktop.com";
const LIVE: &str = "int-live.moneydesktop.com";

#[test]
fn a_client_with_fixed_host_names_works_unchanged() {
    let standing = Standing::new();
    assert!(standing.server.base_url().starts_with("https://"));
    let key = format!("MD-API-KEY: {}", standing.api_key);
    let user = json!({"user": {"id": "U-1"}});
    let live = "Accept: application/vnd.moneydesktop.mdx.v5+json";
    let made = standing.ask(LIVE, "/acme/users.json", &[&key, live], Some(&user));
    assert_eq!((made.status, &made.body["user"]["id"]), (200, &json!("U-1")), "{}", made.body);
    let sso = "Accept: application/vnd.moneydesktop.sso.v3+json";
    let token = standing.ask(SSO, "/acme/users/U-1/api_token.json", &[&key, sso], None);
    let token = token.body["api_token"]["token"].as_str().expect("a token").to_owned();
    let nexus = "Accept: application/vnd.mx.nexus.v1+json";
    let token = format!("MD-API-TOKEN: {token}");
    let session = standing.ask(DATA, "/sessions", &[&key, &token, nexus], Some(&json!({"session": {}})));
    let session = session.body["session"]["token"].as_str().expect("a session").to_owned();
    let session = format!("MD-SESSION-TOKEN: {session}");
    let members = standing.ask(DATA, "/members", &[&session, nexus], None);
    assert_eq!((members.status, &members.body["members"]), (200, &json!([])), "{}", members.body);
}

#[test]
fn each_host_serves_its_face_only_and_every_other_host_all_of_them() {
    let standing = Standing::new();
    let rows = [
        (DATA, "/members", 401),
        (DATA, "/sso/acme/users/U-1/api_token", 404),
        (DATA, "/mdx/acme/users", 404),
        (DATA, "/control/clock", 404),
        (DATA, "/health/live", 404),
        ("data.moneydesktop.com", "/members", 401),
        (SSO, "/acme/users/U-1/api_token", 401),
        (SSO, "/members", 404),
        (SSO, "/control/clock", 404),
        ("live.moneydesktop.com", "/acme/users/U-1", 401),
        (LIVE, "/sso/acme/users/U-1/api_token", 404),
        ("localhost", "/members", 401),
        ("localhost", "/sso/acme/users/U-1/api_token", 401),
        ("localhost", "/control/clock", 401),
        ("localhost", "/health/live", 200),
    ];
    for (host, path, status) in rows {
        assert_eq!(standing.ask(host, path, &[], None).status, status, "{host}{path}");
    }
}

#[tokio::test]
async fn a_new_certificate_is_shown_after_sighup_and_a_bad_one_is_not() {
    let standing = Standing::new();
    let folder = |name: &str| standing.server.directory().join(name);
    let untrusted = standing.curl("other", "localhost", "/health/live", &[]);
    assert!(untrusted.is_err(), "another authority is not trusted");

    // A key of another certificate.
    fs::copy(folder("other/server.key"), folder("tls/server.key")).expect("a copy");
    standing.server.signal(Signal::HUP).expect("a signal");
    let log = standing.server.logged("the certificate stays the one that was in use").await;
    assert!(log.contains("tls/server.key"), "{log}");
    standing.shows("tls");

    fs::copy(folder("other/server.pem"), folder("tls/server.pem")).expect("a copy");
    standing.server.signal(Signal::HUP).expect("a signal");
    standing.shows("other");
}

#[test]
fn only_tls_of_1_2_and_later_is_spoken() {
    let standing = Standing::new();
    for (version, is_spoken) in [("1.0", false), ("1.1", false), ("1.2", true), ("1.3", true)] {
        let at_least = format!("--tlsv{version}");
        let seen = standing.curl("tls", "localhost", "/health/live", &[&at_least, "--tls-max", version]);
        assert_eq!(seen.is_ok(), is_spoken, "{version}");
    }
    let port = standing.port();
    let plain = format!("http://127.0.0.1:{port}/health/live");
    let plain = Command::new("curl").args(["--silent", "--max-time", "20", &plain]).output().expect("curl");
    assert!(!plain.status.success(), "http is not served");
}

#[test]
fn certificates_are_not_overwritten() {
    let server = Server::prepare(ServerOptions::default()).expect("the built binary");
    server.run(&["dev-ca"]).expect("certificates");
    let again = server.output(&["dev-ca"]).expect("a command");
    assert!(!again.status.success());
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("server.key") && said.contains("--dir"), "{said}");
}
