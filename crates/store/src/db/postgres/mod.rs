//! PostgreSQL: a pool of connections, and one that listens.

mod link;
mod listen;
pub(super) mod presence;
mod session;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Pool, PoolConfig, QueueMode, RecyclingMethod,
};
use riverbank_model::MachineClock;
use tokio::time::timeout;

use super::error::StoreError;
use super::store::OpenError;
use super::tx::{self, Tx};
use super::url::Server;
use super::wakeups::{Signal, Wakeups};

use link::{Connector, Link};
pub(super) use session::Session;

/// How long a caller waits for a connection: one that is free, tried, or newly made.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a process is to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Server,
    Command,
}

/// The connections to a server. A broken one is replaced when it is next asked for, so that a restart of the server
/// costs only the work in flight.
pub(super) struct Postgres {
    pool: Pool,
    link: Arc<Link>,
    signal: Signal,
    listener: listen::Listener,
}

impl Postgres {
    /// Makes the pool; connects to see that it can. A server also says that it is there ([`presence`]).
    pub(super) async fn open(
        server: &Server,
        connections: usize,
        machine: &Arc<dyn MachineClock>,
        role: Role,
    ) -> Result<Self, OpenError> {
        let tls = tls::connector(&server.trust)?;
        let link = Arc::new(Link::new(machine));
        let manager = Manager::from_connect(
            server.config.clone(),
            Connector(tls.clone()),
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let trusted = Arc::clone(&link);
        let trial = Hook::async_fn(move |client, metrics| {
            let link = Arc::clone(&trusted);
            Box::pin(async move {
                let is_trusted = link.trusts(client, metrics).await;
                if is_trusted { Ok(()) } else { Err(HookError::message("the connection is not trusted")) }
            })
        });
        // Last in, first out: those that are in use stay in use, and need no trial.
        let config = PoolConfig { queue_mode: QueueMode::Lifo, ..PoolConfig::new(connections) };
        let pool = Pool::builder(manager).config(config).pre_recycle(trial).build();
        let pool = pool.map_err(|error| StoreError::internal(error.to_string()))?;
        let first = take(&pool, &link).await?;
        if role == Role::Server && !presence::announce(first.client()?).await? {
            return Err(OpenError::BeingMoved);
        }
        drop(first);
        let signal = Signal::new();
        let listener = listen::Listener::start(server.config.clone(), tls, signal.clone(), machine, role);
        Ok(Self { pool, link, signal, listener })
    }

    /// A connection that commits each statement by itself.
    pub(super) async fn reading(&self) -> Result<Tx, StoreError> {
        Ok(Tx { session: tx::Session::Postgres(take(&self.pool, &self.link).await?) })
    }

    /// Runs a unit of work in a transaction.
    pub(super) async fn write<F, T, E>(&self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&Tx) -> Result<T, E>,
        E: From<StoreError>,
    {
        let tx = self.reading().await?;
        let tx::Session::Postgres(session) = &tx.session else {
            return Err(StoreError::internal("not a PostgreSQL session").into());
        };
        session.begin().await?;
        match work(&tx).await {
            Ok(result) => {
                session.commit().await?;
                if session.wake.take() {
                    self.signal.fire();
                    self.listener.tell_others();
                }
                Ok(result)
            }
            Err(error) => {
                // If this fails too, the connection is given up, and the transaction with it.
                if !session.is_lost()
                    && let Err(rollback) = session.rollback().await
                {
                    tracing::debug!(%rollback, "a transaction ended with its connection");
                }
                Err(error)
            }
        }
    }

    pub(super) fn wakeups(&self) -> Wakeups {
        self.signal.listen()
    }
}

/// Takes a connection from the pool.
async fn take(pool: &Pool, link: &Arc<Link>) -> Result<Session, StoreError> {
    let taken = match timeout(PATIENCE, pool.get()).await {
        Ok(taken) => taken.map_err(StoreError::from),
        Err(_) => Err(StoreError::unavailable(format!("no connection to PostgreSQL within {PATIENCE:?}"))),
    };
    let client = taken.inspect_err(|error| link.outage.failed(error))?;
    Ok(Session::new(client, Arc::clone(link)))
}
