//! The engine: what every operation is given.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use riverbank_connect::micro_deposits::MicroDepositProvider;
use riverbank_connect::transport::Client;
use riverbank_model::guid::{ClientGuid, Guid, UserGuid};
use riverbank_model::{Clock, Guids, MachineClock, Secrets};
use riverbank_store::{Store, Vault};
use tokio::sync::{Mutex, Notify};

use crate::aggregation::Connectors;
use crate::category_sums::CategorySums;
use crate::clock::BusinessClock;
use crate::deliverables::Carriers;
use crate::institutions::CatalogueCache;
use crate::oversight::Requests;
use crate::transactions::Totals;
use crate::webhooks::Receivers;

/// What a database is for; a database belongs to one of them for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Test banks, a clock that can be moved, derived ids.
    Sandbox,
    /// Real institutions.
    Production,
}

/// What an operator can set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the server is reached from outside, without a slash at the end.
    pub public_url: String,
    /// How long a challenge waits for its answer.
    pub challenge_life: Duration,
    /// Jobs that one process runs at once.
    pub workers: usize,
    /// Jobs of one institution that run at once, over all processes.
    pub workers_per_institution: usize,
    /// The longest that one call of a connector may take; machine time.
    pub step_limit: Duration,
    /// How long a job or a webhook is held without a renewal; machine time.
    pub lease: Duration,
    /// How long webhooks are kept once they have ended; business time.
    pub webhook_log: Duration,
    /// Whether the addresses and telephone numbers that partners give are taken as verified.
    pub contacts_are_verified: bool,
    /// How long what institutions answer is kept; none is when this is zero; business time.
    pub raw_answers: Duration,
    /// How long it is kept which requests touched members; zero keeps nothing.
    pub member_requests: Duration,
}

/// Everything that an engine is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// What seals and opens secrets.
    pub vault: Vault,
    /// Business time.
    pub clock: Arc<BusinessClock>,
    /// Machine time.
    pub machine: Arc<dyn MachineClock>,
    /// Randomness of the operating system.
    pub secrets: Arc<dyn Secrets>,
    /// The maker of ids.
    pub guids: Guids,
    /// The seed of what a sandbox derives.
    pub seed: String,
    /// What the database is for.
    pub mode: Mode,
    /// What the operator set.
    pub settings: Settings,
    /// The ways to institutions.
    pub connectors: Connectors,
    /// Who sends micro deposits, if anyone does.
    pub micro_deposits: Option<Arc<dyn MicroDepositProvider>>,
    /// Who carries to users what they are told.
    pub carriers: Carriers,
    /// Sends webhooks, within their limits of time and size.
    pub webhook_client: Client,
    /// The guarded client, for what goes out by no connector.
    pub outbound: Client,
}

/// What every operation is given. One for each process; clones share it.
#[derive(Clone)]
pub struct Engine {
    pub(crate) parts: Arc<Parts>,
    pub(crate) catalogue: Arc<CatalogueCache>,
    pub(crate) totals: Arc<Totals>,
    pub(crate) category_sums: Arc<CategorySums>,
    /// Told each time that a job of this process comes to a stop.
    pub(crate) settled: Arc<Notify>,
    /// Held by a sweep of this process.
    pub(crate) sweeping: Arc<Mutex<()>>,
    pub(crate) receivers: Arc<Receivers>,
    pub(crate) requests: Arc<Requests>,
}

/// On whose behalf an operation runs: the user of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The user's client.
    pub client: ClientGuid,
    /// The user.
    pub user: UserGuid,
    /// What the call wants to see again on the webhooks that it causes.
    pub callback_payload: Option<String>,
}

impl Engine {
    /// An engine of these parts.
    pub fn new(parts: Parts) -> Self {
        Self {
            parts: Arc::new(parts),
            catalogue: Arc::default(),
            totals: Arc::default(),
            category_sums: Arc::default(),
            settled: Arc::default(),
            sweeping: Arc::default(),
            receivers: Arc::default(),
            requests: Arc::default(),
        }
    }

    /// Business time.
    pub fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    /// What the database is for.
    pub fn mode(&self) -> Mode {
        self.parts.mode
    }

    /// What the operator set.
    pub fn settings(&self) -> &Settings {
        &self.parts.settings
    }

    /// Machine time.
    pub fn machine(&self) -> &Arc<dyn MachineClock> {
        &self.parts.machine
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.parts.store
    }

    /// The id of the `n`-th child of `parent`, for what belongs to no user.
    pub(crate) fn guid<G: Guid>(&self, parent: &impl AsRef<str>, n: i64) -> G {
        self.parts.guids.make(parent.as_ref(), n)
    }

    /// The id of the `n`-th child of a user.
    pub(crate) fn guid_of<G: Guid>(&self, user: &UserGuid, n: i64) -> G {
        self.guid_within(user, user, n)
    }

    /// The id of the `n`-th child of `parent`, which belongs to a user.
    pub(crate) fn guid_within<G: Guid>(&self, user: &UserGuid, parent: &impl AsRef<str>, n: i64) -> G {
        self.parts.guids.make_of(user, parent.as_ref(), n)
    }
}
