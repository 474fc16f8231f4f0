//! A server, two clients, and what journeys do with them.

use std::time::Duration;

use riverbank_testkit::client::{Answer, Caller, Check, Partner};
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::schema::Schema;
use riverbank_testkit::server::{Server, ServerOptions};
use serde_json::{Value, json};

pub const MX_BANK: &str = "INS-1572a04c-912b-59bf-5841-332c7dfafaef";
pub const MX_BANK_OAUTH: &str = "INS-68e96dd6-eabd-42d3-9f05-416897f0746c";
/// A default category at the top.
pub const EDUCATION: &str = "CAT-bf5c9cca-c96b-b50d-440d-38d9adfda5b0";
pub const LOGIN: &str = "CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1";
pub const PASSWORD: &str = "CRD-e3d7ea81-aac7-05e9-fbdd-4b493c6e474d";
pub const CONTROL_KEY: &str = "the-key-of-the-control-face";
/// How long a journey waits for a job that has nothing to wait for.
const PATIENCE: Duration = Duration::from_mins(1);
const GLANCE: Duration = Duration::from_millis(20);
/// How long the control face may take to answer: months pass in one request, with all their imports.
pub const MONTHS_PASS: Duration = Duration::from_mins(10);

/// The database under a world.
#[derive(Clone, Copy, Debug)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A sandbox server on a database of its own, and two clients.
pub struct World {
    pub server: Server,
    pub acme: Partner,
    pub other: Partner,
    check: Check,
    control_check: Check,
}

impl World {
    pub async fn on(backend: Backend) -> Self {
        Self::with(backend, &[]).await
    }

    /// With more settings, as environment variables.
    pub async fn with(backend: Backend, settings: &[(&str, &str)]) -> Self {
        let options = match backend {
            Backend::Sqlite => ServerOptions::default(),
            Backend::Postgres => {
                let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
                ServerOptions::on(cluster.create_database().expect("a new database"))
            }
        };
        Self::start(settings.iter().fold(options, |options, (name, value)| options.with(name, *value))).await
    }

    /// On a server that is started so.
    pub async fn start(options: ServerOptions) -> Self {
        // What is given comes last, and so counts.
        let given = options.variables;
        let options = ServerOptions { sandbox: true, variables: Vec::new(), ..options };
        let mut options =
            options.with("RIVERBANK_CONTROL_KEY", CONTROL_KEY).with("RIVERBANK_SEED", "journeys");
        options.variables.extend(given);
        let server = Server::start(options).expect("a server");
        let check = check_of(&server, "/openapi.json").await;
        let control_check = check_of(&server, "/control/openapi.json").await;
        let partner = |id: &str| {
            let credentials = server.create_client(id).expect("a client");
            Partner::new(Caller::new(server.base_url()).checked(check.clone()), &credentials)
        };
        Self { acme: partner("acme"), other: partner("other"), server, check, control_check }
    }

    /// A session in the name of a new user of acme.
    pub async fn user(&self, id: &str) -> Caller {
        self.acme.create_user(id).await;
        self.acme.session(id).await
    }

    /// A caller without any key or token.
    pub fn stranger(&self) -> Caller {
        Caller::new(self.server.base_url()).checked(self.check.clone())
    }

    /// A caller of the control face.
    pub fn control(&self) -> Caller {
        Caller::new(self.server.base_url())
            .within(MONTHS_PASS)
            .checked(self.control_check.clone())
            .header("md-control-key", CONTROL_KEY)
            .header("content-type", "application/json")
    }

    /// Moves the business clock on; what falls due is done when this returns.
    pub async fn advance(&self, seconds: i64) {
        let moved = self.control().post("/control/clock/advance", &json!({"seconds": seconds})).await;
        assert!(moved.status.is_success(), "{moved}");
    }
}

/// Holds answers against a document that the server gives.
async fn check_of(server: &Server, document: &str) -> Check {
    Schema::new(Caller::new(server.base_url()).get(document).await.json()).into_check()
}

/// The body that connects to MX Bank.
pub fn mx_bank(login: &str, password: &str) -> Value {
    json!({"member": {"institution_guid": MX_BANK, "credentials": credentials(login, password)}})
}

pub fn credentials(login: &str, password: &str) -> Value {
    json!([{"credential_guid": LOGIN, "value": login}, {"credential_guid": PASSWORD, "value": password}])
}

/// The body that connects to the test bank that reaches every status and every kind of question.
pub fn test_bank(password: &str) -> Value {
    json!({"member": {
        "institution_guid": "INS-50aead1f-21cd-599a-a86a-324805d5d0f8",
        "credentials": [
            {"credential_guid": "CRD-544c6c95-fd54-56aa-855e-8ac22b6d17f6", "value": "mxuser"},
            {"credential_guid": "CRD-ea0e7743-d3fa-5346-9afe-991ffa50c81c", "value": password},
        ],
    }})
}

/// The body that connects to MX Bank with a login that is the member's `external_guid` too, so that it can be told from
/// others. The bank knows `mxuser` only.
pub fn told_apart(login: &str) -> Value {
    let mut body = mx_bank(login, "password");
    body["member"]["external_guid"] = login.into();
    body
}

/// The database is away, in so many words.
pub fn assert_unavailable(answer: &Answer) {
    assert_eq!((answer.status.as_u16(), answer.error_code()), (503, Some(5031)), "{answer}");
    assert_eq!(answer.json()["error"]["message"], "The service is not available now.");
    assert!(answer.header("retry-after").is_some(), "{answer}");
}

/// Creates a member at MX Bank.
pub async fn connect(user: &Caller, password: &str) -> Value {
    user.post("/members", &mx_bank("mxuser", password)).await.root("member")
}

/// Looks until something is so that has nothing to wait for.
pub async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
        if is_so().await {
            return;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("never: {what}");
}

pub fn guid(of: &Value) -> &str {
    of["guid"].as_str().expect("a guid")
}

pub async fn read(user: &Caller, member: &Value) -> Value {
    user.get(&format!("/members/{}", guid(member))).await.root("member")
}

/// Polls a member until its job has ended or waits for answers.
pub async fn settled(user: &Caller, member: &Value) -> Value {
    let glances = PATIENCE.as_millis() / GLANCE.as_millis();
    for _ in 0..glances {
        let now = read(user, member).await;
        if now["is_being_aggregated"] == false || now["connection_status"] == "CHALLENGED" {
            return now;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("the job of {member} does not end: {}", read(user, member).await);
}

/// The first insight of a user that is found, while the clock runs.
pub async fn first_insight(user: &Caller) -> String {
    let glances = PATIENCE.as_millis() / GLANCE.as_millis();
    for _ in 0..glances {
        if let Some(found) = user.get("/insights").await.root("insights").get(0) {
            return guid(found).to_owned();
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("no insight is found");
}

/// Creates a member at MX Bank and waits for its job.
pub async fn connected(user: &Caller, password: &str) -> Value {
    let member = connect(user, password).await;
    settled(user, &member).await
}

/// The open questions of a member.
pub async fn challenges(user: &Caller, member: &Value) -> Vec<Value> {
    let open = user.get(&format!("/members/{}/challenges", guid(member))).await.root("challenges");
    open.as_array().expect("a list").clone()
}

/// Answers every open question alike and waits for the job.
pub async fn answer(user: &Caller, member: &Value, value: &str) -> Value {
    let open = challenges(user, member).await;
    let answers: Vec<Value> = open.iter().map(|one| json!({"guid": one["guid"], "value": value})).collect();
    let path = format!("/members/{}/resume", guid(member));
    let resumed = user.put(&path, &json!({"challenges": answers})).await.root("member");
    assert_eq!(resumed["connection_status"], "RESUMED");
    assert_eq!(resumed["is_being_aggregated"], true);
    settled(user, member).await
}
