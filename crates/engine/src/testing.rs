//! An engine for tests: a database of its own, a fixed seed, a standing clock, secrets that can be told apart.

mod banks;
mod deliverables;
#[cfg(test)]
mod told;
mod webhooks;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_connect::script::ScriptedDeposits;
use riverbank_connect::transport::{Client, Policy};
use riverbank_model::{Clock, Guids, MachineClock, Secrets};
use riverbank_store::{DatabaseUrl, Keyring, OpenOptions, Store, Vault};
use riverbank_testkit::postgres::PostgresCluster;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::time::Instant;

use crate::aggregation::Connectors;
use crate::clients::{Clients, Partner};
use crate::clock::{BusinessClock, Pace};
use crate::deliverables::Carriers;
use crate::sessions::{CreateSession, OpenedSession};
use crate::users::{CreateUser, User};
use crate::{Engine, Mode, Parts, Settings};

#[cfg(test)]
pub(crate) use banks::way_of;
pub use banks::{TakenJobs, nobodys};
pub use deliverables::deliver_to_users;
#[cfg(test)]
pub(crate) use told::{Told, paid};
pub use webhooks::deliver;

/// When every bench starts.
pub const START: &str = "2026-01-15T12:00:00Z";
/// How long a job is held, where a bench does not say otherwise.
const LEASE: Duration = Duration::from_secs(30);
/// What every bench derives its ids from.
pub const SEED: &str = "bench";

/// The database under a bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file in a temporary folder.
    Sqlite,
    /// A database in the temporary server of this process.
    Postgres,
}

/// An engine over a database of its own. Two of them that are told the same hold the same, but for secrets.
pub struct Bench {
    /// The engine.
    pub engine: Engine,
    /// Business time, which stands still.
    pub clock: Arc<BusinessClock>,
    connectors: Connectors,
    url: DatabaseUrl,
    lease: Duration,
    /// Deleted with the bench.
    _folder: Option<TempDir>,
}

impl Bench {
    /// A bench without any way to an institution.
    pub async fn on(backend: Backend) -> Self {
        Self::with(backend, Connectors::default()).await
    }

    /// A bench with these ways to institutions.
    pub async fn with(backend: Backend, connectors: Connectors) -> Self {
        Self::with_lease(backend, connectors, LEASE).await
    }

    /// A bench of a server that is no sandbox.
    pub async fn in_production() -> Self {
        Self::made(Backend::Sqlite, Connectors::default(), LEASE, Mode::Production).await
    }

    /// A bench whose jobs are held for so long.
    pub async fn with_lease(backend: Backend, connectors: Connectors, lease: Duration) -> Self {
        Self::made(backend, connectors, lease, Mode::Sandbox).await
    }

    async fn made(backend: Backend, connectors: Connectors, lease: Duration, mode: Mode) -> Self {
        let (url, folder) = match backend {
            Backend::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let path = folder.path().join("bench.db");
                (format!("sqlite://{}", path.display()), Some(folder))
            }
            Backend::Postgres => {
                let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
                (cluster.create_database().expect("a new database"), None)
            }
        };
        let url: DatabaseUrl = url.parse().expect("an address of a database");
        let start: Timestamp = START.parse().expect("a time");
        let machine = Arc::new(Machine::starting_at(start));
        let clock = Arc::new(BusinessClock::new(machine.clone(), Pace::Frozen(start)));
        let engine = node(&url, machine, Arc::clone(&clock), connectors.clone(), lease, mode).await;
        Self { engine, clock, connectors, url, lease, _folder: folder }
    }

    /// Another process on the same database, with the same business time.
    pub async fn another_node(&self) -> Engine {
        let machine = Arc::clone(self.engine.machine());
        let mode = self.engine.mode();
        node(&self.url, machine, Arc::clone(&self.clock), self.connectors.clone(), self.lease, mode).await
    }

    /// Another process on the same database, whose webhooks go out as outside of a sandbox.
    pub async fn guarded_node(&self) -> Engine {
        self.node_that_posts(Policy::default()).await
    }

    /// Another process on the same database, which waits for the answer to a webhook for half a second.
    pub async fn impatient_node(&self) -> Engine {
        self.node_that_posts(Policy { total_limit: Duration::from_millis(500), ..Policy::sandbox() }).await
    }

    async fn node_that_posts(&self, policy: Policy) -> Engine {
        let mut engine = self.another_node().await;
        let parts = Arc::get_mut(&mut engine.parts).expect("parts that nobody else has");
        parts.webhook_client = Client::new(policy).expect("a client");
        engine
    }

    /// Another process on the same database, on a machine whose clock is off by so much from the bench's. Its business
    /// time runs.
    pub async fn node_off_by(&self, by: SignedDuration) -> (Engine, Arc<BusinessClock>) {
        let start: Timestamp = START.parse().expect("a time");
        let machine = Arc::new(Machine::starting_at(start.checked_add(by).expect("a time in range")));
        let clock = Arc::new(BusinessClock::new(machine.clone(), Pace::Running(SignedDuration::ZERO)));
        let (connectors, mode) = (self.connectors.clone(), self.engine.mode());
        let engine = node(&self.url, machine, Arc::clone(&clock), connectors, self.lease, mode).await;
        while !engine.follow_database_clock().await.expect("the time of the database") {}
        (engine, clock)
    }

    /// Moves business time by so many seconds, in either direction.
    pub fn advance(&self, seconds: i64) {
        let by = SignedDuration::from_secs(seconds);
        self.set_time(self.clock.now().checked_add(by).expect("a time in range"));
    }

    /// Sets business time, which stands still there.
    pub fn set_time(&self, at: Timestamp) {
        self.clock.set_pace(Pace::Frozen(at));
    }

    /// What an operator does with clients.
    pub fn clients(&self) -> Clients {
        let parts = &self.engine.parts;
        Clients {
            store: parts.store.clone(),
            clock: parts.clock.clone(),
            secrets: Arc::clone(&parts.secrets),
            guids: parts.guids.clone(),
        }
    }

    /// The client with this id; made if it is not there.
    pub async fn partner(&self, client_id: &str) -> Partner {
        let clients = self.clients();
        let known = clients.list().await.expect("the clients");
        let known = known.into_iter().find(|client| client.client_id == client_id);
        let guid = match known {
            Some(client) => client.guid,
            None => clients.create(client_id).await.expect("a client").guid,
        };
        Partner { guid, client_id: client_id.to_owned() }
    }

    /// The user of a client with this id; both made if they are not there.
    pub async fn user(&self, client_id: &str, id: &str) -> (Partner, User) {
        let partner = self.partner(client_id).await;
        if let Some(user) = self.engine.read_user(&partner, id).await.expect("a user or none") {
            return (partner, user);
        }
        let request = CreateUser { id: id.to_owned(), ..CreateUser::default() };
        let user = self.engine.create_user(&partner, request).await.expect("a user");
        (partner, user)
    }

    /// A session of a user, opened without aggregating anything; client and user are made if they are not there.
    pub async fn session(&self, client_id: &str, id: &str) -> OpenedSession {
        self.session_with(client_id, id, true).await
    }

    /// A session of a user, as [`Self::session`], which starts aggregations unless they are skipped.
    pub async fn session_with(&self, client_id: &str, id: &str, skip_aggregation: bool) -> OpenedSession {
        let (partner, _) = self.user(client_id, id).await;
        let token = self.engine.create_api_token(&partner, id).await.expect("a token");
        let request = CreateSession { skip_aggregation };
        self.engine.create_session(&token, request).await.expect("a session")
    }
}

async fn node(
    url: &DatabaseUrl,
    machine: Arc<dyn MachineClock>,
    clock: Arc<BusinessClock>,
    connectors: Connectors,
    lease: Duration,
    mode: Mode,
) -> Engine {
    let options = OpenOptions::new(Arc::clone(&machine));
    let store = Store::open(url, options).await.expect("an open database");
    store.migrate().await.expect("a database of this version");
    let secrets = Arc::new(Counted::new());
    let line = Keyring::generate_line(1, &Counted::shared());
    let keyring = Keyring::parse(&line).expect("a keyring");
    let vault = Vault::unlock(&store, keyring, &*secrets).await.expect("a vault");
    Engine::new(Parts {
        store,
        vault,
        clock,
        machine,
        secrets,
        guids: Guids::Derived(SEED.to_owned()),
        seed: SEED.to_owned(),
        mode,
        settings: Settings {
            public_url: "http://127.0.0.1:8040".to_owned(),
            challenge_life: riverbank_model::limits::CHALLENGE_LIFE,
            workers: 4,
            workers_per_institution: 2,
            step_limit: Duration::from_secs(30),
            lease,
            webhook_log: Duration::from_hours(30 * 24),
            contacts_are_verified: false,
            raw_answers: Duration::from_hours(7 * 24),
            member_requests: Duration::from_hours(7 * 24),
        },
        connectors,
        micro_deposits: (mode == Mode::Sandbox).then(|| Arc::new(ScriptedDeposits) as _),
        carriers: Carriers::default(),
        webhook_client: Client::new(Policy::sandbox()).expect("a client"),
        outbound: Client::new(Policy::sandbox()).expect("a client"),
    })
}

/// The machine's time, with a wall clock that begins where the bench's business time does.
struct Machine {
    start: Timestamp,
    since: Instant,
}

impl Machine {
    fn starting_at(start: Timestamp) -> Self {
        let since = Instant::now();
        Self { start, since }
    }
}

impl MachineClock for Machine {
    fn elapsed(&self) -> Duration {
        self.since.elapsed()
    }

    fn wall(&self) -> Timestamp {
        self.start.saturating_add(self.elapsed()).unwrap_or(Timestamp::MAX)
    }
}

/// Secrets that differ from each other, within a process, and repeat from run to run of one test.
struct Counted {
    from: u64,
    next: AtomicU64,
}

impl Counted {
    /// The secrets of another node than those before.
    fn new() -> Self {
        static NODES: AtomicU64 = AtomicU64::new(1);
        let from = NODES.fetch_add(1, Ordering::Relaxed);
        Self { from, next: AtomicU64::new(0) }
    }

    /// Those that every node has in common.
    fn shared() -> Self {
        Self { from: 0, next: AtomicU64::new(0) }
    }
}

impl Secrets for Counted {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let digest = Sha256::digest([self.from.to_be_bytes(), number.to_be_bytes()].concat());
            chunk.copy_from_slice(&digest[..chunk.len()]);
        }
    }
}

#[cfg(test)]
/// Runs each rule on a bench of its own: on SQLite as a test of its name, on PostgreSQL all of them in one test, since
/// a process starts a server of its own.
macro_rules! on_both_engines {
    ($(async fn $name:ident($bench:ident: &Bench) $body:block)*) => {
        mod rules {
            use super::*;
            $(pub(super) async fn $name($bench: &Bench) $body)*
        }

        mod on_sqlite {
            use super::*;
            $(#[tokio::test]
            async fn $name() {
                rules::$name(&Bench::scripted($crate::testing::Backend::Sqlite).await).await;
            })*
        }

        #[tokio::test]
        async fn on_postgres() {
            $(rules::$name(&Bench::scripted($crate::testing::Backend::Postgres).await).await;)*
        }
    };
}
#[cfg(test)]
pub(crate) use on_both_engines;
