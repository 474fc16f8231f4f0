//! The same calls at a server.

use jiff::Timestamp;
use proptest::test_runner::TestCaseError;
use riverbank_engine::testing::{Backend, Bench, TakenJobs};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{Guid, MemberGuid};
use riverbank_model::job::JobStatus;
use riverbank_testkit::client::{Answer as HttpAnswer, Method};
use serde_json::{Value, json};

use super::calls::{Bank, Call, Password, Uses};
use super::model::{Answer, SLOW, Shown, after_minutes};
use crate::testing::Server;

/// Both banks have this form, each with ids of its own that end in its digit.
const BANK: &str = r#"
[[institution]]
guid = "INS-00000000-0000-8000-8000-00000000000N"
code = "bank_N"
name = "Bank N"
is_test = TEST
connector = "script"
credential = [
    { guid = "CRD-00000000-0000-8000-8000-0000000001aN", field_name = "LOGIN", label = "User", type = "LOGIN" },
    { guid = "CRD-00000000-0000-8000-8000-0000000002aN", field_name = "PASSWORD", label = "Password", type = "PASSWORD" },
]

[institution.script]
login = [
    { when = { PASSWORD = "Denied" }, steps = [{ deny = 401 }] },
    { when = { PASSWORD = "Locked" }, steps = [{ lock = 403 }] },
    { when = { PASSWORD = "Failing" }, steps = [{ fail = 500 }] },
    { when = { PASSWORD = "Asking" }, steps = [{ ask = ["one"] }] },
    { when = { PASSWORD = "Chaining" }, steps = [{ ask = ["one"] }, { ask = ["two"] }] },
    { when = { PASSWORD = "Slow" }, steps = [{ wait = SLOW }] },
    { steps = [] },
]
challenge.one = { kind = "TEXT", label = "One?", answers = { correct = [] } }
challenge.two = { kind = "TOKEN", label = "Two?", answers = { correct = [] } }
data = { household = [] }
"#;

/// The user of one life after the other, at a server.
pub(super) struct Life {
    server: Server,
    lives: usize,
    token: String,
    members: [Option<String>; 2],
    /// Which of them have credentials.
    logins: [bool; 2],
    /// As they were shown last.
    shown: [Option<Value>; 2],
    taken: TakenJobs,
}

impl Bank {
    fn digit(self) -> &'static str {
        match self {
            Self::Test => "1",
            Self::Plain => "2",
        }
    }

    fn institution(self) -> String {
        format!("INS-00000000-0000-8000-8000-00000000000{}", self.digit())
    }

    fn credentials(self, password: Password) -> Value {
        let guid = |field| format!("CRD-00000000-0000-8000-8000-000000000{field}a{}", self.digit());
        json!([
            {"credential_guid": guid(1), "value": "login"},
            {"credential_guid": guid(2), "value": format!("{password:?}")},
        ])
    }
}

impl Uses {
    fn names(self) -> Value {
        match self {
            Self::Pfm => json!(["PFM"]),
            Self::MoneyMovement => json!(["MONEY_MOVEMENT"]),
            Self::Both => json!(["MONEY_MOVEMENT", "PFM"]),
        }
    }
}

impl Life {
    pub(super) async fn on(backend: Backend) -> Self {
        let banks = [("1", "true"), ("2", "false")].map(|(digit, is_test)| {
            let bank = BANK.replace("TEST", is_test).replace("SLOW", &SLOW.to_string());
            bank.replace("-00000000000N", &format!("-00000000000{digit}"))
                .replace("aN\"", &format!("a{digit}\""))
                .replace("_N\"", &format!("_{digit}\""))
                .replace("Bank N", &format!("Bank {digit}"))
        });
        let server = Server::over(Bench::with_banks(backend, &banks.concat()).await);
        Self {
            server,
            lives: 0,
            token: String::new(),
            members: [None, None],
            logins: [false; 2],
            shown: [None, None],
            taken: TakenJobs::default(),
        }
    }

    /// The id of the member at a bank.
    pub(super) fn guid(&self, bank: Bank) -> Option<MemberGuid> {
        self.members[bank as usize].clone().map(MemberGuid::trusted)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.server.bench.engine.now()
    }

    /// Another user.
    pub(super) async fn begin(&mut self) {
        // What a life that failed left behind.
        Box::pin(self.end()).await;
        self.lives += 1;
        self.open(true).await;
    }

    /// Nothing is left of this life that could fall due in the next.
    pub(super) async fn end(&mut self) {
        for bank in Bank::ALL {
            if self.members[bank as usize].is_some() {
                self.make(Call::Delete { bank }).await;
            }
        }
        self.make(Call::Work).await;
    }

    pub(super) async fn make(&mut self, call: Call) -> Answer {
        match call {
            Call::Create { bank, password, external, skip } => {
                // A member without a login leaves room for another; the lives here have one at each bank.
                if self.members[bank as usize].is_some() && !self.logins[bank as usize] {
                    return None;
                }
                let mut member = json!({
                    "institution_guid": bank.institution(),
                    "credentials": bank.credentials(password),
                    "skip_aggregation": skip,
                });
                if let Some(external) = external {
                    member["external_guid"] = self.external(external).into();
                }
                Some(self.create(bank, member).await)
            }
            Call::CreateInStatus { bank, status } => {
                if self.members[bank as usize].is_some() {
                    return None;
                }
                let member =
                    json!({"institution_guid": bank.institution(), "connection_status": status.name()});
                Some(self.create(bank, member).await)
            }
            Call::SetCredentials { bank, password, skip } => {
                let change = json!({"credentials": bank.credentials(password), "skip_aggregation": skip});
                self.update(bank, change).await
            }
            Call::SetStatus { bank, status } => {
                self.update(bank, json!({"connection_status": status.name()})).await
            }
            Call::SetUses { bank, uses } => self.update(bank, json!({"use_cases": uses.names()})).await,
            Call::SetExternal { bank, external } => {
                let change = json!({"external_guid": self.external(external)});
                self.update(bank, change).await
            }
            Call::Aggregate { bank } => {
                Some(outcome(&self.send(Method::GET, &self.path(bank, "/aggregate"), None).await))
            }
            Call::AggregateAll => Some(outcome(&self.send(Method::GET, "/members/aggregate", None).await)),
            Call::OpenSession { skip } => {
                self.open(skip).await;
                Some((200, None))
            }
            Call::Answer { bank, right } => Some(self.answer(bank, right).await),
            Call::Delete { bank } => {
                let answer = self.send(Method::DELETE, &self.path(bank, ""), None).await;
                if answer.status.is_success() {
                    self.members[bank as usize] = None;
                }
                Some(outcome(&answer))
            }
            Call::Take => {
                self.taken.add(self.server.bench.take_jobs().await);
                None
            }
            Call::Work => {
                self.work().await;
                None
            }
            Call::Pass { minutes } => {
                let end = after_minutes(self.now(), minutes);
                self.settle().await;
                while let Some(next) = self.server.bench.next_due().await.filter(|next| *next < end) {
                    self.server.bench.set_time(next);
                    self.settle().await;
                }
                self.server.bench.set_time(end);
                self.settle().await;
                self.work().await;
                // The session may have died.
                self.open(true).await;
                None
            }
        }
    }

    /// What the server shows of a member. With every change that shows, its revision has grown.
    pub(super) async fn show(&mut self, bank: Bank) -> Result<Option<Shown>, TestCaseError> {
        if self.members[bank as usize].is_none() {
            self.shown[bank as usize] = None;
            return Ok(None);
        }
        let mut member = self.send(Method::GET, &self.path(bank, ""), None).await.root("member");
        let (revision, _) = (member["revision"].take(), member["updated_at"].take());
        if let Some(before) = self.shown[bank as usize].take()
            && before["guid"] == member["guid"]
        {
            let mut unchanged = before.clone();
            let earlier = unchanged["revision"].take().as_i64();
            let is_right =
                if unchanged == member { earlier <= revision.as_i64() } else { earlier < revision.as_i64() };
            if !is_right {
                return Err(TestCaseError::fail(format!("revision {revision} of {member} after {before}")));
            }
        }
        let asked = self.send(Method::GET, &self.path(bank, "/challenges"), None).await;
        let questions = asked.json()["challenges"].as_array().map_or(0, Vec::len);
        let job = match member["most_recent_job_guid"].as_str() {
            Some(job) => Some(self.send(Method::GET, &format!("/jobs/{job}"), None).await.root("job")),
            None => None,
        };
        let shown = Shown {
            status: ConnectionStatus::from_name(text(&member["connection_status"])).expect("a status").name(),
            is_being_aggregated: member["is_being_aggregated"] == true,
            aggregated_at: time(&member["aggregated_at"]),
            successfully_aggregated_at: time(&member["successfully_aggregated_at"]),
            external: [0, 1].into_iter().find(|number| member["external_guid"] == self.external(*number)),
            uses: [Uses::Pfm, Uses::MoneyMovement, Uses::Both]
                .into_iter()
                .find(|uses| member["use_cases"] == uses.names())
                .expect("use cases"),
            questions,
            job: job.map(|job| {
                let known = JobStatus::ALL.iter().find(|status| job["status_name"] == status.name());
                (known.expect("a status of a job").name(), job["is_authenticated"] == true)
            }),
        };
        member["revision"] = revision;
        self.shown[bank as usize] = Some(member);
        Ok(Some(shown))
    }

    async fn create(&mut self, bank: Bank, member: Value) -> (u16, Option<i64>) {
        let has_login = member.get("credentials").is_some();
        let answer = self.send(Method::POST, "/members", Some(json!({"member": member}))).await;
        if answer.status.is_success() {
            self.members[bank as usize] = Some(text(&answer.root("member")["guid"]).to_owned());
            self.logins[bank as usize] = has_login;
        }
        outcome(&answer)
    }

    async fn update(&mut self, bank: Bank, change: Value) -> Answer {
        let gives_login = change.get("credentials").is_some();
        let path = self.path(bank, "");
        let answer = self.send(Method::PUT, &path, Some(json!({"member": change}))).await;
        self.logins[bank as usize] |= gives_login && answer.status.is_success();
        Some(outcome(&answer))
    }

    async fn answer(&mut self, bank: Bank, right: bool) -> (u16, Option<i64>) {
        let asked = self.send(Method::GET, &self.path(bank, "/challenges"), None).await;
        let open = asked.json()["challenges"].as_array().cloned().unwrap_or_default();
        let word = if right { "correct" } else { "wrong" };
        let answers: Vec<_> = open.iter().map(|one| json!({"guid": one["guid"], "value": word})).collect();
        let body = json!({"challenges": answers});
        outcome(&self.send(Method::PUT, &self.path(bank, "/resume"), Some(body)).await)
    }

    /// Does what is due now, and what follows from it; jobs that were taken before stay where they are.
    async fn settle(&mut self) {
        loop {
            let swept = self.server.bench.sweep().await;
            let jobs = self.server.bench.take_jobs().await;
            if swept == 0 && jobs.is_empty() {
                return;
            }
            self.server.bench.finish_jobs(jobs).await;
        }
    }

    async fn work(&mut self) {
        let mut taken = std::mem::take(&mut self.taken);
        loop {
            self.server.bench.finish_jobs(taken).await;
            taken = self.server.bench.take_jobs().await;
            if taken.is_empty() {
                return;
            }
        }
    }

    async fn open(&mut self, skip: bool) {
        let user = format!("u{}", self.lives);
        let opened = self.server.bench.session_with("acme", &user, skip).await;
        self.token = riverbank_model::ExposeSecret::expose_secret(&opened.token).to_owned();
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> HttpAnswer {
        self.server.caller().with("md-session-token", &self.token).send(method, path, body).await
    }

    /// The path of a member; of nobody's, where there is none.
    fn path(&self, bank: Bank, below: &str) -> String {
        let guid = self.members[bank as usize].as_deref().unwrap_or("MBR-nobody");
        format!("/members/{guid}{below}")
    }

    fn external(&self, number: u8) -> String {
        format!("E-{}-{number}", self.lives)
    }
}

fn outcome(answer: &HttpAnswer) -> (u16, Option<i64>) {
    let code = if answer.status.is_success() { None } else { answer.error_code() };
    (answer.status.as_u16(), code)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn time(value: &Value) -> Option<Timestamp> {
    value.as_str().map(|text| text.parse().expect("a time"))
}
