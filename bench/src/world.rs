//! Our server, a partner of it, and its users.

use std::path::{Path, PathBuf};

use riverbank_testkit::client::{Answer, Caller, Credentials, Partner};
use riverbank_testkit::server::{CONTROL_KEY, Server, ServerOptions};
use serde_json::{Value, json};

use crate::Outcome;
use crate::load::{Call, UNIQUE};
use crate::section::Setting;
use crate::stopwatch::Stopwatch;

const MEDIA_TYPE: &str = "application/vnd.mx.nexus.v1+json";

/// A sandbox server in a process of its own.
pub struct World {
    pub server: Server,
    credentials: Credentials,
    bank: Bank,
    /// Holds the bank's file.
    scenarios: tempfile::TempDir,
}

/// What a call needs to know of the bank.
#[derive(Clone, Debug)]
struct Bank {
    guid: String,
    credentials: [String; 2],
}

/// A member and whose it is, by their ids.
#[derive(Clone, Debug)]
pub struct Owner {
    pub user: String,
    pub member: String,
}

/// An open session: the headers of its calls.
pub type Session = Vec<(String, String)>;

/// A bank of the sandbox that every login connects to, in the form of a scenario file; with the generated household of any
/// scripted bank, unless more is written behind it.
pub fn open_bank(code: &str, name: &str) -> String {
    format!(
        r#"
[[institution]]
code = "{code}"
name = "{name}"
is_test = true
connector = "script"

[[institution.credential]]
field_name = "LOGIN"
label = "Login"
type = "LOGIN"

[[institution.credential]]
field_name = "PASSWORD"
label = "Password"
type = "PASSWORD"

[[institution.script.login]]
steps = []
"#
    )
}

impl World {
    /// Starts a server that logs no requests, as its peers do not.
    pub fn start(setting: &Setting, options: ServerOptions) -> Outcome<Self> {
        Self::start_with(setting, options, "")
    }

    /// The same with further banks, in the form of a scenario file.
    pub fn start_with(setting: &Setting, options: ServerOptions, banks: &str) -> Outcome<Self> {
        let scenarios = tempfile::tempdir()?;
        std::fs::write(scenarios.path().join("bench.toml"), open_bank("bench", "Bench Bank") + banks)?;
        let server = Server::start(settings(options, scenarios.path()))?;
        let credentials = server.create_client("bench")?;
        let mut world = Self {
            server,
            credentials,
            bank: Bank { guid: String::new(), credentials: Default::default() },
            scenarios,
        };
        let user = world.user(setting, "first")?;
        world.bank = setting.wait(world.find_bank(&user, "Bench Bank"))?;
        Ok(world)
    }

    /// Has members made from now on connect to the bank of this name.
    pub fn choose_bank(&mut self, setting: &Setting, name: &str) -> Outcome<()> {
        let user = self.session(setting, "first")?;
        self.bank = setting.wait(self.find_bank(&user, name))?;
        Ok(())
    }

    /// A call of the control face, such as `clock/advance`.
    pub fn control(&self, setting: &Setting, call: &str, body: &Value) -> Outcome<()> {
        let caller = Caller::new(self.server.base_url())
            .header("md-control-key", CONTROL_KEY)
            .header("content-type", "application/json");
        let answer = setting.wait(async { caller.post(&format!("/control/{call}"), body).await });
        if answer.status.is_success() { Ok(()) } else { Err(answer.to_string().into()) }
    }

    /// Another server on the same database.
    pub fn another_node(&self, options: ServerOptions) -> Outcome<Server> {
        Ok(Server::start(settings(options, self.scenarios.path()))?)
    }

    /// Makes a user and opens a session in its name.
    pub fn user(&self, setting: &Setting, id: &str) -> Outcome<Session> {
        setting.wait(self.partner().create_user(id));
        self.session(setting, id)
    }

    /// Opens a session in the name of a user.
    pub fn session(&self, setting: &Setting, id: &str) -> Outcome<Session> {
        let opened = setting.wait(async {
            let token = self.partner().api_token(id).await;
            let caller = self.caller().header("md-api-key", &self.credentials.api_key);
            let caller = caller.header("md-api-token", token);
            caller.post("/sessions", &json!({"session": {"skip_aggregation": true}})).await.root("session")
        });
        Ok(headers(text(&opened, "token")?))
    }

    /// Users with a session each.
    pub fn users(&self, setting: &Setting, prefix: &str, count: u64) -> Outcome<Vec<Session>> {
        (0..count).map(|number| self.user(setting, &format!("{prefix}-{number}"))).collect()
    }

    /// A fresh address of the pages that connect an institution, for a user.
    pub async fn address_of_pages(&self, user: &str) -> Outcome<String> {
        let path = format!("/sso/{}/users/{user}/urls", self.credentials.client_id);
        let made = self.partner().sso().post(&path, &json!({"url": {"type": "connect_widget"}})).await;
        text(&successful(&made)?["url"], "url")
    }

    /// A call in a session.
    pub async fn get(&self, session: &Session, path: &str) -> Value {
        let answer = self.with(session).get(path).await;
        assert!(answer.status.is_success(), "{answer}");
        answer.json()
    }

    /// A call in a session that makes something.
    pub async fn post(&self, session: &Session, path: &str, body: &Value) -> Outcome<Value> {
        successful(&self.with(session).post(path, body).await)
    }

    /// A call in a session that changes something.
    pub async fn put(&self, session: &Session, path: &str, body: &Value) -> Outcome<Value> {
        successful(&self.with(session).put(path, body).await)
    }

    /// Makes a member; its guid.
    pub fn create_one(
        &self,
        setting: &Setting,
        session: &Session,
        login: &str,
        skip_aggregation: bool,
    ) -> Outcome<String> {
        let body = self.create_body(login, skip_aggregation);
        let made = setting.wait(async { self.with(session).post("/members", &body).await });
        text(&made.json()["member"], "guid").map_err(|_| made.to_string().into())
    }

    /// Makes a user with a member that nothing has been fetched for.
    pub fn owner(&self, setting: &Setting, id: &str) -> Outcome<Owner> {
        let session = self.user(setting, id)?;
        let member = self.create_one(setting, &session, id, true)?;
        self.owner_of(setting, &session, member)
    }

    /// Whose a member is.
    pub fn owner_of(&self, setting: &Setting, session: &Session, member: String) -> Outcome<Owner> {
        let read = setting.wait(self.get(session, &format!("/members/{member}")));
        Ok(Owner { user: text(&read["member"], "user_guid")?, member })
    }

    /// Connects a user to the bank; gives the member's guid once its data is there.
    pub fn connect(&self, setting: &Setting, session: &Session) -> Outcome<String> {
        let guid = self.create_one(setting, session, "household", false)?;
        self.wait_for(setting, session, &guid)?;
        Ok(guid)
    }

    /// Waits for the end of a member's job, after which it must be CONNECTED.
    pub fn wait_for(&self, setting: &Setting, session: &Session, member: &str) -> Outcome {
        let path = format!("/members/{member}");
        let since = Stopwatch::start();
        while since.elapsed() < std::time::Duration::from_mins(1) {
            let member = setting.wait(self.get(session, &path))["member"].take();
            if member["is_being_aggregated"] == false {
                return match text(&member, "connection_status")?.as_str() {
                    "CONNECTED" => Ok(()),
                    other => Err(format!("a member ended {other}").into()),
                };
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Err("a member was not connected within a minute".into())
    }

    /// The call that makes a member with a login of its own.
    pub fn create(&self, session: &Session, skip_aggregation: bool) -> Call {
        Call::post("/members", session, self.create_body(UNIQUE, skip_aggregation).to_string())
    }

    /// The file of an SQLite database.
    pub fn database(&self) -> PathBuf {
        self.server.directory().join("riverbank.db")
    }

    fn create_body(&self, login: &str, skip_aggregation: bool) -> Value {
        let [name, password] = &self.bank.credentials;
        json!({"member": {
            "institution_guid": self.bank.guid,
            "skip_aggregation": skip_aggregation,
            "credentials": [
                {"credential_guid": name, "value": login},
                {"credential_guid": password, "value": "a password of no consequence"},
            ],
        }})
    }

    async fn find_bank(&self, session: &Session, name: &str) -> Outcome<Bank> {
        let body = json!({"institution": {"name": name}});
        let found = self.with(session).post("/institutions/search", &body).await.root("institutions");
        let guid = text(&found[0], "guid")?;
        let asked = self.get(session, &format!("/institutions/{guid}/credentials")).await;
        let credential = |place: usize| text(&asked["credentials"][place], "guid");
        Ok(Bank { credentials: [credential(0)?, credential(1)?], guid })
    }

    fn caller(&self) -> Caller {
        Caller::new(self.server.base_url()).header("accept", MEDIA_TYPE).header("content-type", MEDIA_TYPE)
    }

    fn with(&self, session: &Session) -> Caller {
        let token = session.iter().find(|(name, _)| name == "md-session-token");
        self.caller().header("md-session-token", token.map_or("", |(_, token)| token))
    }

    fn partner(&self) -> Partner {
        Partner::new(Caller::new(self.server.base_url()), &self.credentials)
    }
}

/// What every server here is told: the bank, and to log no requests.
fn settings(options: ServerOptions, scenarios: &Path) -> ServerOptions {
    options
        .with("RIVERBANK_LOG", "warn")
        .with("RIVERBANK_SEED", "bench")
        .with("RIVERBANK_SCENARIOS", scenarios.display().to_string())
}

/// The headers of a call with this session token.
pub fn headers(token: String) -> Session {
    vec![
        ("accept".into(), MEDIA_TYPE.into()),
        ("content-type".into(), MEDIA_TYPE.into()),
        ("md-session-token".into(), token),
    ]
}

fn successful(answer: &Answer) -> Outcome<Value> {
    if answer.status.is_success() { Ok(answer.json()) } else { Err(answer.to_string().into()) }
}

/// A field of an answer that holds a text.
pub fn text(of: &Value, field: &str) -> Outcome<String> {
    of[field].as_str().map(str::to_owned).ok_or_else(|| format!("no `{field}` in {of}").into())
}
