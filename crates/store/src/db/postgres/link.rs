//! The link to the server: how it is made, what its connections have told of it, and which of them to distrust.
//!
//! A link can die without a sign: a proxy that hangs, a firewall that forgot. So every wait on it has a limit, the first
//! connection that finds it dead condemns those that lie idle, and one that was idle for a while is tried before it is
//! used. None of this costs a busy connection a round trip.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use deadpool_postgres::{Connect, Metrics};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use riverbank_model::MachineClock;
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, Error};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::db::error::StoreError;
use crate::db::outage::{Outage, Words};

/// A connection that rested longer is tried before it is used.
const RESTED: Duration = Duration::from_secs(1);
/// How long such a trial may take: it is answered without work.
const TRIAL: Duration = Duration::from_secs(2);

const WORDS: Words =
    Words { fails: "the database is not available", works: "the database is available again" };

/// What is known of the link; one for each pool.
pub(super) struct Link {
    machine: Arc<dyn MachineClock>,
    pub(super) outage: Outage,
    /// When it was last found broken, in microseconds of machine time; 0 is never.
    broken_at: AtomicU64,
}

impl Link {
    pub(super) fn new(machine: &Arc<dyn MachineClock>) -> Self {
        Self {
            machine: Arc::clone(machine),
            outage: Outage::new(WORDS, machine),
            broken_at: AtomicU64::new(0),
        }
    }

    /// A connection was found dead: those that rest are no better.
    pub(super) fn broke(&self, error: &StoreError) {
        self.broken_at.store(microseconds(self.machine.elapsed()), Ordering::Relaxed);
        self.outage.failed(error);
    }

    /// Whether a connection that comes from its rest may be used.
    pub(super) async fn trusts(&self, client: &Client, metrics: &Metrics) -> bool {
        let rest = metrics.last_used();
        let rested_since = microseconds(self.machine.elapsed().saturating_sub(rest));
        if client.is_closed() || rested_since < self.broken_at.load(Ordering::Relaxed) {
            return false;
        }
        if rest < RESTED {
            return true;
        }
        match tokio::time::timeout(TRIAL, client.batch_execute("")).await {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                self.broke(&error.into());
                false
            }
            Err(_) => {
                self.broke(&StoreError::unavailable(format!("PostgreSQL was silent for {TRIAL:?}")));
                false
            }
        }
    }
}

fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Makes connections over TLS where the settings want it.
pub(super) struct Connector(pub(super) MakeRustlsConnect);

impl Connect for Connector {
    fn connect(&self, config: &Config) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), Error>> {
        let (tls, config) = (self.0.clone(), config.clone());
        async move {
            let (client, connection) = config.connect(tls).await?;
            let task = tokio::spawn(async move {
                // Whoever uses the connection is told; with many of them, the log need not be.
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "a connection to PostgreSQL ended");
                }
            });
            Ok((client, task))
        }
        .boxed()
    }
}
