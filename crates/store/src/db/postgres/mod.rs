//! PostgreSQL: a pool of connections, and one that listens.

mod listen;
pub(super) mod presence;
mod session;
mod tls;

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime, Timeouts};

use super::error::StoreError;
use super::store::OpenError;
use super::tx::{self, Tx};
use super::url::Server;
use super::wakeups::{Signal, Wakeups};

pub(super) use session::Session;

/// How long a caller waits for a free connection, and for a new one to be made.
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
    signal: Signal,
    listener: listen::Listener,
}

impl Postgres {
    /// Makes the pool; connects to see that it can. A server also says that it is there ([`presence`]).
    pub(super) async fn open(server: &Server, connections: usize, role: Role) -> Result<Self, OpenError> {
        let tls = tls::connector(&server.trust)?;
        let manager = Manager::from_config(
            server.config.clone(),
            tls.clone(),
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let timeouts = Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) };
        let pool = Pool::builder(manager).max_size(connections).timeouts(timeouts).runtime(Runtime::Tokio1);
        let pool = pool.build().map_err(|error| StoreError::internal(error.to_string()))?;
        let first = pool.get().await.map_err(StoreError::from)?;
        if role == Role::Server && !presence::announce(&first).await? {
            return Err(OpenError::BeingMoved);
        }
        drop(first);
        let signal = Signal::new();
        let listener = listen::Listener::start(server.config.clone(), tls, signal.clone(), role);
        Ok(Self { pool, signal, listener })
    }

    /// A connection that commits each statement by itself.
    pub(super) async fn reading(&self) -> Result<Tx, StoreError> {
        Ok(Tx { session: tx::Session::Postgres(Session::new(self.pool.get().await?)) })
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
                if let Err(rollback) = session.rollback().await {
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
