//! The master key is rotated while servers run: nobody notices, and then the old one is of no use.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use riverbank_testkit::client::Caller;
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::server::{Server, ServerOptions, Signal};
use serde_json::{Value, json};
use tokio::task::{JoinSet, block_in_place};

use super::world::{
    Backend, MX_BANK_OAUTH, World, answer, challenges, connected, credentials, guid, read, settled, until,
};

const CALLERS: usize = 4;

/// What callers are told, and tell.
#[derive(Default)]
struct Load {
    stop: AtomicBool,
    /// Users made, questions asked and answers given.
    steps: AtomicUsize,
}

impl Load {
    fn step(&self) {
        self.steps.fetch_add(1, Ordering::SeqCst);
    }

    fn steps(&self) -> usize {
        self.steps.load(Ordering::SeqCst)
    }
}

/// Signs in, is asked and answers, again and again until it is told to stop.
async fn live(world: Arc<World>, caller: usize, load: Arc<Load>) {
    for life in 0.. {
        if load.stop.load(Ordering::SeqCst) {
            return;
        }
        let user = world.user(&format!("life-{caller}-{life}")).await;
        load.step();
        let member = connected(&user, "challenge").await;
        assert_eq!(member["connection_status"], "CHALLENGED", "{member}");
        load.step();
        assert_eq!(answer(&user, &member, "correct").await["connection_status"], "CONNECTED");
        load.step();
    }
}

/// Members that wait while the key is rotated, each in its own way.
struct Waiting {
    challenged: (Caller, Value),
    answered: (Caller, Value),
    pending: (Caller, Value),
}

impl Waiting {
    async fn on(world: &World) -> Self {
        let challenged = world.user("challenged").await;
        let asked = connected(&challenged, "challenge").await;
        let answered = world.user("answered").await;
        let member = connected(&answered, "challenge").await;
        let open = challenges(&answered, &member).await[0]["guid"].clone();
        let stored = json!({"credential_guid": open, "value": "correct"});
        let stored = answered.post(&format!("/members/{}/credentials", guid(&member)), &stored).await;
        assert!(stored.status.is_success(), "{stored}");
        let pending = world.user("pending").await;
        let oauth = json!({"member": {"institution_guid": MX_BANK_OAUTH, "is_oauth": true}});
        let oauth = pending.post("/members", &oauth).await.root("member");
        Self { challenged: (challenged, asked), answered: (answered, member), pending: (pending, oauth) }
    }

    async fn go_on(&self) {
        let (user, member) = &self.challenged;
        assert_eq!(answer(user, member, "correct").await["connection_status"], "CONNECTED");
        let (user, member) = &self.answered;
        let job = member["most_recent_job_guid"].as_str().unwrap();
        user.get(&format!("/jobs/{job}/resume")).await.root("job");
        assert_eq!(settled(user, member).await["connection_status"], "CONNECTED");
        let (user, member) = &self.pending;
        assert_eq!(read(user, member).await["oauth_window_uri"], member["oauth_window_uri"]);
    }
}

fn keyring(server: &Server) -> Vec<String> {
    let text = fs::read_to_string(server.directory().join("riverbank.key")).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn set_keyring(server: &Server, lines: &[String]) {
    fs::write(server.directory().join("riverbank.key"), lines.join("\n")).unwrap();
}

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

/// What a command that must fail says.
fn refusal(server: &Server, arguments: &[&str]) -> String {
    let output = server.output(arguments).unwrap();
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

async fn rotated_under_load(backend: Backend) {
    let world = Arc::new(World::on(backend).await);
    let early = world.user("early").await;
    let member = connected(&early, "password").await;
    let waiting = Waiting::on(&world).await;
    let load = Arc::new(Load::default());
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        callers.spawn(live(Arc::clone(&world), caller, Arc::clone(&load)));
    }
    until("the callers are at work", async || load.steps() > CALLERS).await;
    let before = load.steps();
    let told = block_in_place(|| world.server.run(&["keys", "rotate"])).unwrap();
    let after = load.steps();
    load.stop.store(true, Ordering::SeqCst);
    callers.join_all().await;
    assert!(after > before, "there was no load: {before} steps before the rotation, {after} after it");
    assert!(told.contains("version 2 of the master key was added to"), "{told}");
    assert!(told.contains("nothing is sealed under version 1 any more: its line may go"), "{told}");
    waiting.go_on().await;

    let mut world = Arc::into_inner(world).unwrap();
    let lines = keyring(&world.server);
    assert_eq!(lines.len(), 2, "the key of the sandbox and the new one");
    world.server.stop().unwrap();
    set_keyring(&world.server, &lines[..1]);
    let refused = refusal(&world.server, &SERVE);
    assert!(
        refused.contains("sealed under version 2 of the master key, which the keyring does not hold"),
        "{refused}"
    );
    set_keyring(&world.server, &lines[1..]);
    world.server.start_again().unwrap();
    let early = early.at(world.server.base_url());
    let again = early.get(&format!("/members/{}/aggregate", guid(&member))).await;
    assert_eq!(again.status.as_u16(), 200, "{again}");
    assert_eq!(settled(&early, &member).await["connection_status"], "CONNECTED");
    // The fingerprints are those of before: the same login is still the same.
    let twin = json!({"member": {
        "institution_guid": super::world::MX_BANK, "credentials": credentials("mxuser", "password"),
    }});
    assert_eq!(early.post("/members", &twin).await.error_code(), Some(4220));
    world.server.stop().unwrap();

    let wrong = world.server.run(&["keys", "generate"]).unwrap().replacen('1', "2", 1);
    set_keyring(&world.server, &[wrong]);
    let refused = refusal(&world.server, &SERVE);
    assert!(
        refused.contains("version 2 of the master key is not the key that the database is sealed under"),
        "{refused}"
    );
    let doctor = world.server.output(&["doctor"]).unwrap();
    let doctor = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(doctor.contains("WRONG  seal: version 2 of the master key is not the key"), "{doctor}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_under_load_is_felt_by_nobody_on_sqlite() {
    rotated_under_load(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_under_load_is_felt_by_nobody_on_postgres() {
    rotated_under_load(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_reads_its_keyring_anew_on_sighup_and_keeps_the_good_one() {
    let world = World::on(Backend::Sqlite).await;
    let told = world.server.run(&["keys", "rotate", "--append-only"]).unwrap();
    assert!(told.contains("copy the file to every machine"), "{told}");
    let lines = keyring(&world.server);
    world.server.signal(Signal::HUP).unwrap();
    world.server.logged("the keyring was read anew").await;
    let user = world.user("user").await;
    let member = connected(&user, "challenge").await;

    let cut = ["2 cut short".to_owned()];
    for (worse, reason) in [
        (&lines[..1], "the keyring lacks version 2, which this server seals with"),
        (&cut, "line 1 of the keyring is not of the form"),
        (&[], "the keyring has no key"),
    ] {
        set_keyring(&world.server, worse);
        world.server.signal(Signal::HUP).unwrap();
        world.server.logged(reason).await;
    }
    assert_eq!(answer(&user, &member, "correct").await["connection_status"], "CONNECTED");
    set_keyring(&world.server, &lines[1..]);
    let refused = refusal(&world.server, &["keys", "rewrap"]);
    assert!(refused.contains("sealed under version 1 of the master key"), "{refused}");
    set_keyring(&world.server, &lines);
    let doctor = world.server.run(&["doctor"]).unwrap();
    assert!(!doctor.contains("older versions"), "all was sealed after the signal: {doctor}");
    world.server.run(&["keys", "rewrap"]).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_without_the_new_key_stops_a_rotation_before_anything_is_sealed_anew() {
    let cluster = PostgresCluster::shared().unwrap();
    let url = cluster.create_database().unwrap();
    let world = World::start(ServerOptions::on(&url)).await;
    let mut other = Server::prepare(ServerOptions::on(&url)).unwrap();
    set_keyring(&other, &keyring(&world.server));
    other.start_again().unwrap();
    let user = world.user("user").await;
    let member = connected(&user, "challenge").await;

    let stopped = refusal(&world.server, &["keys", "rotate"]);
    assert!(
        stopped.contains("a server of this database lacks version 2; nothing was sealed anew"),
        "{stopped}"
    );
    other.logged("this server lacks: add its line").await;
    set_keyring(&other, &keyring(&world.server));
    let told = world.server.run(&["keys", "rewrap"]).unwrap();
    assert!(told.contains("nothing is sealed under version 1 any more"), "{told}");
    let there = user.at(other.base_url());
    assert_eq!(answer(&there, &member, "correct").await["connection_status"], "CONNECTED");
}

#[test]
fn a_key_that_is_not_in_a_file_is_not_rotated() {
    let server = Server::prepare(ServerOptions::default()).unwrap();
    let line = server.run(&["keys", "generate"]).unwrap();
    let server = Server::prepare(ServerOptions::default().with("RIVERBANK_MASTER_KEY", line)).unwrap();
    let refused = refusal(&server, &["keys", "rotate"]);
    assert!(
        refused.contains("the master key is given as RIVERBANK_MASTER_KEY, and a second key needs a file"),
        "{refused}"
    );
    assert!(refused.contains("set RIVERBANK_MASTER_KEY_FILE"), "{refused}");
}
