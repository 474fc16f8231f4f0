//! Secrets are planted in every place that takes one, and then looked for in every place that keeps something.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::time::Duration;

use riverbank_testkit::browser::Browser;
use riverbank_testkit::client::{Answer, Caller, Credentials, Partner};
use riverbank_testkit::ofx_bank::OfxBank;
use riverbank_testkit::postgres::{ClusterOptions, PostgresCluster};
use riverbank_testkit::server::{Server, ServerOptions, Signal};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::{Value, json};

use super::memory::{self, Needle, occurrences};
use super::raw;
use super::world::{LOGIN, MX_BANK, MX_BANK_OAUTH, challenges, credentials, guid, settled, test_bank};

/// What the end of a request takes to be over on the server's side: its log line, its connection.
const REST: Duration = Duration::from_secs(2);
const CONTROL_KEY: &str = "canary-control-key-95c2bd1f";

/// An OFX bank that the canaries are sent to.
const CATALOGUE: &str = r#"
[[institution]]
code = "millrace"
name = "Millrace Savings"
connector = "ofx"

[[institution.credential]]
field_name = "LOGIN"
label = "User ID"
type = "LOGIN"

[[institution.credential]]
field_name = "PASSWORD"
label = "Password"
type = "PASSWORD"

[institution.ofx]
"#;

/// The secrets that were planted.
#[derive(Default)]
struct Canaries {
    needles: Vec<Needle>,
}

impl Canaries {
    /// A new secret of ours.
    fn plant(&mut self, name: &str) -> String {
        let canary = format!("canary-{}-{:03}", name.replace(' ', "-"), self.needles.len());
        self.see(name, &canary);
        canary
    }

    /// A secret that the server made.
    fn see(&mut self, name: &str, secret: &str) {
        self.needles.push((name.to_owned(), secret.as_bytes().to_vec()));
    }

    /// Fails when one of them stands in what was kept at a place.
    fn must_not_be_in(&self, place: &str, text: &[u8]) {
        for (name, needle) in &self.needles {
            assert_eq!(occurrences(text, needle), 0, "the canary {name:?} is in {place}");
        }
    }

    fn must_not_be_in_files(&self, folder: &Path, keys: &[&str]) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.must_not_be_in_files(&path, keys);
            } else if !keys.iter().any(|key| path.ends_with(key)) && path.is_file() {
                self.must_not_be_in(&path.display().to_string(), &fs::read(&path).unwrap());
            }
        }
    }
}

/// What a whole life of users plants.
struct Journey {
    canaries: Canaries,
    base: String,
    partner: Partner,
    answers: Vec<String>,
}

impl Journey {
    /// Keeps the body of an answer for the end; its path is the caller's own.
    fn keep(&mut self, answer: &Answer) {
        self.answers.push(String::from_utf8_lossy(&answer.body).into_owned());
    }

    async fn walked(server: &Server, bank: &OfxBank) -> Canaries {
        let mut canaries = Canaries::default();
        let acme = server.create_client("acme").unwrap();
        canaries.see("api key", &acme.api_key);
        let base = server.base_url().to_owned();
        let partner = Partner::new(Caller::new(&base), &acme);
        let mut journey = Self { canaries, base, partner, answers: Vec::new() };
        journey.bank_logins().await;
        journey.answered().await;
        journey.oauth().await;
        journey.ofx(bank).await;
        journey.refused(&acme).await;
        for text in &journey.answers {
            journey.canaries.must_not_be_in("an answer", text.as_bytes());
        }
        journey.canaries
    }

    async fn user(&mut self, id: &str) -> Caller {
        self.partner.create_user(id).await;
        let token = self.partner.api_token(id).await;
        self.canaries.see("api token", &token);
        let nexus = Caller::new(&self.base)
            .header("accept", "application/vnd.mx.nexus.v1+json")
            .header("content-type", "application/vnd.mx.nexus.v1+json");
        let opened =
            nexus.clone().header("md-api-token", token).post("/sessions", &json!({})).await.root("session");
        let token = opened["token"].as_str().unwrap().to_owned();
        self.canaries.see("session token", &token);
        nexus.header("md-session-token", token)
    }

    async fn bank_logins(&mut self) {
        let user = self.user("passwords").await;
        let password = self.canaries.plant("right password");
        let body =
            json!({"member": {"institution_guid": MX_BANK, "credentials": credentials("mxuser", &password)}});
        let member = user.post("/members", &body).await;
        self.keep(&member);
        let member = member.root("member");
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
        let newer = self.canaries.plant("newer password");
        let change = json!({"member": {"credentials": credentials("mxuser", &newer)}});
        let changed = user.put(&format!("/members/{}", guid(&member)), &change).await;
        self.keep(&changed);
        settled(&user, &member).await;

        let (login, password) = (self.canaries.plant("denied login"), self.canaries.plant("denied password"));
        let body =
            json!({"member": {"institution_guid": MX_BANK, "credentials": credentials(&login, &password)}});
        let denied = user.post("/members", &body).await.root("member");
        let denied = settled(&user, &denied).await;
        assert_eq!(denied["connection_status"], "DENIED");
        self.answers.push(denied.to_string());
        let job = denied["most_recent_job_guid"].as_str().unwrap();
        let job = user.get(&format!("/jobs/{job}")).await;
        self.keep(&job);
    }

    async fn answered(&mut self) {
        let user = self.user("answers").await;
        let member = user.post("/members", &test_bank("together")).await.root("member");
        assert_eq!(settled(&user, &member).await["connection_status"], "CHALLENGED");
        let open = challenges(&user, &member).await;
        let early = self.canaries.plant("answer stored early");
        let stored = json!({"credential_guid": open[0]["guid"], "value": early});
        let stored = user.post(&format!("/members/{}/credentials", guid(&member)), &stored).await;
        assert!(stored.status.is_success(), "{stored}");
        let late = self.canaries.plant("answer");
        let resume = json!({"challenges": [{"guid": open[1]["guid"], "value": late}]});
        let resumed = user.put(&format!("/members/{}/resume", guid(&member)), &resume).await;
        self.keep(&stored);
        self.keep(&resumed);
        assert_eq!(settled(&user, &member).await["connection_status"], "REJECTED");

        // One that is still open when all is looked through.
        let user = self.user("parked").await;
        let member = user.post("/members", &test_bank("text")).await.root("member");
        assert_eq!(settled(&user, &member).await["connection_status"], "CHALLENGED");
        let open = challenges(&user, &member).await;
        let kept = self.canaries.plant("answer that is kept");
        let stored = json!({"credential_guid": open[0]["guid"], "value": kept});
        assert!(
            user.post(&format!("/members/{}/credentials", guid(&member)), &stored).await.status.is_success()
        );
    }

    async fn oauth(&mut self) {
        let user = self.user("oauth").await;
        let body = json!({"member": {"institution_guid": MX_BANK_OAUTH, "is_oauth": true}});
        let member = user.post("/members", &body).await.root("member");
        let uri = member["oauth_window_uri"].as_str().unwrap();
        let token = uri.rsplit('/').next().unwrap().split('?').next().unwrap();
        self.canaries.see("one-time token", token);
        let browser = Browser::new(&self.base);
        let page = browser.follow(uri).await;
        let password = self.canaries.plant("password typed at the bank");
        let left = browser.send_form(&page, &[("password", &password), ("decision", "authorize")]).await;
        for name in ["code", "state"] {
            self.canaries.see(&format!("oauth {name}"), &left.parameters()[name]);
        }
        let end = browser.follow(left.left_to.as_deref().unwrap()).await;
        assert!(end.html.contains("You are connected"), "{end:?}");
        self.answers.push(end.html);
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
        let window = user.get(&format!("/members/{}/oauth_window_uri", guid(&member))).await.root("member");
        let uri = window["oauth_window_uri"].as_str().unwrap();
        self.canaries.see("one-time token", uri.rsplit('/').next().unwrap().split('?').next().unwrap());
    }

    async fn ofx(&mut self, bank: &OfxBank) {
        let user = self.user("ofx").await;
        let search = json!({"institution": {"name": "millrace"}});
        let found = user.post("/institutions/search", &search).await.root("institutions");
        let fields =
            user.get(&format!("/institutions/{}/credentials", guid(&found[0]))).await.root("credentials");
        let value = |name: &str, value: &str| {
            let field = fields.as_array().unwrap().iter().find(|field| field["field_name"] == name).unwrap();
            json!({"credential_guid": field["guid"], "value": value})
        };
        let (login, password) = (self.canaries.plant("ofx login"), self.canaries.plant("ofx password"));
        let body = json!({"member": {
            "institution_guid": found[0]["guid"],
            "credentials": [value("LOGIN", &login), value("PASSWORD", &password)],
        }});
        let member = user.post("/members", &body).await.root("member");
        let done = settled(&user, &member).await;
        let sent = bank.requests().concat();
        assert_ne!(occurrences(&sent, password.as_bytes()), 0, "the bank was not asked: {done}");
        self.answers.push(done.to_string());
    }

    /// Secrets in what is wrong, one way or another.
    async fn refused(&mut self, acme: &Credentials) {
        let user = self.user("refused").await;
        let member = |value: Value| json!({"member": {"institution_guid": MX_BANK, "credentials": value}});
        let number = self.canaries.plant("password in a wrong type");
        let long = self.canaries.plant("password that is too long").repeat(100);
        let unknown = self.canaries.plant("unknown credential");
        let bodies = [
            json!(self.canaries.plant("password as a whole body")),
            json!({self.canaries.plant("name of a field"): 1}),
            member(json!([{"credential_guid": LOGIN, "value": [number]}])),
            member(json!([{"credential_guid": LOGIN, "value": long}])),
            member(json!([{"credential_guid": unknown, "value": "x"}])),
            member(json!(self.canaries.plant("password for a list"))),
        ];
        for body in bodies {
            let refused = user.post("/members", &body).await;
            assert!(refused.status.is_client_error(), "{refused}");
            // Ids are told, so that they can be found; they are no secrets.
            if !refused.to_string().contains(&unknown) {
                self.keep(&refused);
            }
        }
        self.canaries.needles.retain(|(name, _)| name != "unknown credential");
        let wrong = self.canaries.plant("wrong session token");
        let refused = user.clone().header("md-session-token", wrong).get("/members").await;
        let key = self.canaries.plant("wrong api key");
        let stranger = Caller::new(&self.base).header("md-api-key", key);
        let unpaid = stranger.get(&format!("/mdx/{}/users/u", acme.client_id)).await;
        let query = self.canaries.plant("secret in a query");
        let odd = user.get(&format!("/members?password={query}")).await;
        let control = self.canaries.plant("wrong control key");
        let closed = Caller::new(&self.base).header("md-control-key", control).get("/control/clock").await;
        assert_eq!([refused.status, unpaid.status, closed.status].map(|status| status.as_u16()), [401; 3]);
        for answer in [refused, unpaid, odd, closed] {
            self.keep(&answer);
        }
        let open = Caller::new(&self.base).header("md-control-key", CONTROL_KEY).get("/control/clock").await;
        assert_eq!(open.status.as_u16(), 200);
    }
}

async fn nothing_is_found(options: ServerOptions, cluster: Option<&PostgresCluster>) {
    let options = options.with("RIVERBANK_LOG", "trace").with("RIVERBANK_CONTROL_KEY", CONTROL_KEY);
    let mut server = Server::prepare(options).unwrap();
    let today = "2026-11-25".parse().unwrap();
    let bank = OfxBank::start("127.0.0.1:0".parse().unwrap(), today).unwrap();
    let catalogue = format!("{CATALOGUE}{}", bank.settings());
    fs::write(server.directory().join("institutions.toml"), catalogue).unwrap();
    server.run(&["institutions", "load", "institutions.toml"]).unwrap();
    server.start_again().unwrap();
    let mut canaries = Journey::walked(&server, &bank).await;
    tokio::time::sleep(REST).await;

    let metrics = Caller::new(server.base_url()).get("/metrics").await.body;
    assert!(!metrics.is_empty());
    canaries.must_not_be_in("the metrics", &metrics);
    let in_memory = memory::found(&server, &canaries.needles);
    // The server needs these as long as it runs; they must be nowhere else.
    canaries.see("control key", CONTROL_KEY);
    let keyring = fs::read_to_string(server.directory().join("riverbank.key")).unwrap();
    let master = keyring.trim().split_once(' ').unwrap().1.to_owned();
    canaries.see("master key", &master);
    if let Some(cluster) = cluster {
        raw::run(&server, "checkpoint").await;
        canaries.must_not_be_in_files(&cluster.data(), &[]);
    }
    // With the server still there, so that the write-ahead log and its index are as well.
    canaries.must_not_be_in_files(server.directory(), &["riverbank.key"]);
    let log = server.log();
    assert!(log.contains("TRACE"), "the log is not that of the level trace");
    canaries.must_not_be_in("the log", log.as_bytes());
    assert!(in_memory.is_empty(), "in memory: {in_memory:#?}");
    server.stop().unwrap();
    canaries.must_not_be_in_files(server.directory(), &["riverbank.key"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_found_where_it_does_not_belong_on_sqlite() {
    nothing_is_found(ServerOptions::default(), None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_found_where_it_does_not_belong_on_postgres() {
    let options = ClusterOptions { durable: true, ..ClusterOptions::default() };
    let cluster = PostgresCluster::start_with(options).unwrap();
    let url = cluster.create_database().unwrap();
    nothing_is_found(ServerOptions::on(url), Some(&cluster)).await;
}

#[test]
fn a_server_that_crashes_leaves_no_core() {
    // Whatever the machine allows, the servers inherit.
    let maximum = getrlimit(Resource::Core).maximum;
    setrlimit(Resource::Core, Rlimit { current: maximum, maximum }).unwrap();
    let maker = Server::prepare(ServerOptions::default()).unwrap();
    let key = maker.run(&["keys", "generate"]).unwrap();
    for sandbox in [true, false] {
        let options =
            ServerOptions { sandbox, ..ServerOptions::default() }.with("RIVERBANK_MASTER_KEY", &key);
        let mut server =
            Server::start(options.with("RIVERBANK_PUBLIC_URL", "https://feeds.example.com")).unwrap();
        let ended = server.crash().unwrap();
        assert_eq!(ended.signal(), Some(Signal::ABORT.as_raw()));
        assert!(!ended.core_dumped(), "sandbox: {sandbox}");
    }
}
