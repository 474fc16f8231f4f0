//! A database that is copied while it is served, and one that is moved to another engine: what was acknowledged is
//! there, what is sealed opens, and what was under way goes on.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use riverbank_testkit::client::{Caller, Method};
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::server::{Server, ServerOptions};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::world::{Backend, MX_BANK, World, answer, connected, credentials, guid, read, settled};

const KEYRING: &str = "riverbank.key";
const CALLERS: usize = 4;
/// Creations that are acknowledged before the copy begins.
const ENOUGH: usize = 40;

/// Three users, of whom one is connected, one is asked a question, and one has a member without a job yet.
struct Household {
    connected: Caller,
    asked: (Caller, Value),
    waiting: (Caller, Value),
    /// All that the first one saw.
    seen: Vec<String>,
}

impl Household {
    async fn on(world: &World) -> Self {
        let user = world.user("connected").await;
        assert_eq!(connected(&user, "password").await["connection_status"], "CONNECTED");
        let asked = world.user("asked").await;
        let question = connected(&asked, "challenge").await;
        assert_eq!(question["connection_status"], "CHALLENGED", "{question}");
        let waiting = world.user("waiting").await;
        let member = json!({"member": {
            "institution_guid": MX_BANK,
            "credentials": credentials("mxuser", "password"),
            "skip_aggregation": true,
        }});
        let stored = waiting.post("/members", &member).await.root("member");
        let seen = shown(&user).await;
        Self { connected: user, asked: (asked, question), waiting: (waiting, stored), seen }
    }

    /// On another server everything is as it was, and goes on from there.
    async fn goes_on(self, server: &Server) {
        let here = |caller: Caller| caller.at(server.base_url());
        assert_eq!(shown(&here(self.connected)).await, self.seen);
        let asked = here(self.asked.0);
        assert_eq!(answer(&asked, &self.asked.1, "correct").await["connection_status"], "CONNECTED");
        let waiting = here(self.waiting.0);
        let path = format!("/members/{}/aggregate", guid(&self.waiting.1));
        let asked = waiting.get(&path).await;
        assert!(asked.status.is_success(), "{asked}");
        assert_eq!(settled(&waiting, &self.waiting.1).await["connection_status"], "CONNECTED");
        assert_eq!(waiting.get("/accounts").await.root("accounts").as_array().unwrap().len(), 6);
    }
}

async fn shown(user: &Caller) -> Vec<String> {
    let mut shown = Vec::new();
    for path in ["/user", "/members", "/accounts", "/transactions?records_per_page=1000", "/institutions"] {
        let page = user.get(path).await;
        assert!(page.status.is_success(), "{page}");
        shown.push(String::from_utf8(page.body).expect("text"));
    }
    shown
}

/// Callers that create members, each with a job of its own, until they are stopped.
struct Load {
    acknowledged: Arc<Mutex<Vec<(usize, Value)>>>,
    stop: Arc<AtomicBool>,
    users: Vec<Caller>,
    callers: JoinSet<()>,
}

impl Load {
    async fn on(world: &World) -> Self {
        let (acknowledged, stop) = (Arc::default(), Arc::default());
        let mut load = Self { acknowledged, stop, users: Vec::new(), callers: JoinSet::new() };
        for number in 0..CALLERS {
            let user = world.user(&format!("caller-{number}")).await;
            load.users.push(user.clone());
            let (acknowledged, stop) = (Arc::clone(&load.acknowledged), Arc::clone(&load.stop));
            load.callers.spawn(async move {
                for login in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    let member = json!({"member": {
                        "institution_guid": MX_BANK,
                        "credentials": credentials(&format!("login-{login}"), "password"),
                    }});
                    let Ok(made) = user.send(Method::POST, "/members", Some(&member)).await else { break };
                    acknowledged.lock().unwrap().push((number, made.root("member")));
                }
            });
        }
        load
    }

    fn so_far(&self) -> Vec<(usize, Value)> {
        self.acknowledged.lock().unwrap().clone()
    }

    async fn until_enough(&self) -> Vec<(usize, Value)> {
        while self.so_far().len() < ENOUGH {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.so_far()
    }

    async fn end(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        while let Some(ended) = self.callers.join_next().await {
            ended.unwrap();
        }
    }

    /// The members are on another server, and their jobs end there: no bank knows these logins.
    async fn is_on(&self, server: &Server, members: &[(usize, Value)]) {
        for (number, member) in members {
            let user = self.users[*number].clone().at(server.base_url());
            assert_eq!(settled(&user, member).await["connection_status"], "DENIED");
        }
    }
}

/// A database of the journeys' own to move or restore into, on a server that does not run yet.
fn elsewhere(backend: Backend) -> Server {
    let options = match backend {
        Backend::Sqlite => ServerOptions::default(),
        Backend::Postgres => ServerOptions::on(cluster().create_database().expect("a new database")),
    };
    Server::prepare(options.with("RIVERBANK_SEED", "journeys")).expect("the built binary")
}

fn cluster() -> &'static PostgresCluster {
    PostgresCluster::shared().expect("a temporary PostgreSQL")
}

/// The database of a server, as a command in another directory names it.
fn address(server: &Server) -> String {
    let url = server.database_url();
    match url.strip_prefix("sqlite://") {
        Some(file) => format!("sqlite://{}", server.directory().join(file).display()),
        None => url,
    }
}

fn give_keyring(from: &Server, to: &Server) {
    fs::copy(from.directory().join(KEYRING), to.directory().join(KEYRING)).unwrap();
}

/// A server with another keyring refuses the database.
fn another_keyring_is_refused(restored: &mut Server) {
    let other = restored.run(&["keys", "generate"]).unwrap();
    fs::write(restored.directory().join(KEYRING), other).unwrap();
    let refused = restored.start_again().unwrap_err().to_string();
    assert!(refused.contains("is not the key that the database is sealed under"), "{refused}");
}

/// Copies the database as its operator would, into the place of another.
fn copy(backend: Backend, from: &Server, to: &Server) {
    match backend {
        Backend::Sqlite => {
            let copy = from.directory().join("backup.db");
            let told = from.run(&["backup", "backup.db"]).unwrap();
            assert!(told.contains("It opens with keyring versions 1 only"), "{told}");
            assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
            fs::copy(copy, to.directory().join("riverbank.db")).unwrap();
        }
        Backend::Postgres => {
            let dump = from.directory().join("backup.dump").display().to_string();
            let (old, new) = (from.database_url(), format!("--dbname={}", to.database_url()));
            cluster().run("pg_dump", &["--format=custom", &format!("--file={dump}"), &old]).unwrap();
            cluster().run("pg_restore", &["--no-owner", "--exit-on-error", &new, &dump]).unwrap();
        }
    }
}

async fn what_was_acknowledged_before_a_backup_is_restored(backend: Backend) {
    let mut world = World::on(backend).await;
    let household = Household::on(&world).await;
    let mut load = Load::on(&world).await;
    let before = load.until_enough().await;
    let mut restored = elsewhere(backend);
    copy(backend, &world.server, &restored);
    let during = load.so_far().len();
    assert!(during > before.len(), "nothing was created while the copy was made");
    load.end().await;
    world.server.stop().unwrap();

    another_keyring_is_refused(&mut restored);
    give_keyring(&world.server, &restored);
    restored.start_again().unwrap();
    load.is_on(&restored, &before).await;
    household.goes_on(&restored).await;
    restored.stop().unwrap();
}

async fn a_moved_database_shows_the_same_and_goes_on(from: Backend, to: Backend) {
    let mut world = World::on(from).await;
    let household = Household::on(&world).await;
    let mut load = Load::on(&world).await;
    load.until_enough().await;
    let mut moved = elsewhere(to);
    let (here, there) = (address(&world.server), address(&moved));
    let arguments = ["migrate", "--from", &here, "--to", &there];
    let refused = moved.run(&arguments).unwrap_err().to_string();
    assert!(refused.contains("is being served: stop its servers first"), "{refused}");

    // In the middle of creations and jobs.
    world.server.kill9();
    load.end().await;
    let acknowledged = load.so_far();
    let told = moved.run(&arguments).unwrap();
    assert!(told.contains("every table was read back and is the same"), "{told}");
    let again = moved.run(&arguments).unwrap_err().to_string();
    assert!(again.contains("is not empty") || again.contains("is there already"), "{again}");

    another_keyring_is_refused(&mut moved);
    give_keyring(&world.server, &moved);
    moved.start_again().unwrap();
    household.goes_on(&moved).await;
    load.is_on(&moved, &acknowledged).await;
    moved.stop().unwrap();
    // The old database was only read.
    world.server.start_again().unwrap();
    let (number, member) = &acknowledged[0];
    read(&load.users[*number].clone().at(world.server.base_url()), member).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_backup_is_restored_on_sqlite() {
    what_was_acknowledged_before_a_backup_is_restored(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_dump_is_restored_on_postgres() {
    what_was_acknowledged_before_a_backup_is_restored(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_moves_from_sqlite_to_postgres() {
    a_moved_database_shows_the_same_and_goes_on(Backend::Sqlite, Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_moves_from_postgres_to_sqlite() {
    a_moved_database_shows_the_same_and_goes_on(Backend::Postgres, Backend::Sqlite).await;
}
