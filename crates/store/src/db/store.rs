//! The database as its users see it: units of work that write, and connections to read from.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use riverbank_model::MachineClock;
use thiserror::Error;

use super::error::StoreError;
use super::postgres::{Postgres, Role};
use super::sqlite::{self, Readers, ReadingTx, Writer};
use super::statement::Engine;
use super::tx::Tx;
use super::unit::Work;
use super::url::{DatabaseUrl, Place};
use super::wakeups::{Signal, Wakeups};

/// How to open a database.
#[derive(Clone)]
pub struct OpenOptions {
    /// Whether this process is a server of the database. A SQLite file has one at a time; commands open it beside
    /// the server, without this.
    pub exclusive: bool,
    /// The machine's clock, for leases.
    pub machine: Arc<dyn MachineClock>,
    /// Connections to PostgreSQL at most, beside the one that listens.
    pub connections: usize,
}

impl OpenOptions {
    /// Those of a command. A server also sets `exclusive`.
    pub fn new(machine: Arc<dyn MachineClock>) -> Self {
        Self { exclusive: false, machine, connections: 16 }
    }
}

/// Why a database cannot be opened; each says what to do.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another server holds the SQLite file.
    #[error(
        "{path} is served by another riverbank process: stop that one first, or give this one a database of its own"
    )]
    AlreadyServed {
        /// The database.
        path: PathBuf,
    },
    /// Another process moves the PostgreSQL database away.
    #[error(
        "the database is being moved by `riverbank migrate --from`: wait for its end, and serve the new database"
    )]
    BeingMoved,
    /// The file that holds the lock cannot be used.
    #[error(
        "the lock file {path} cannot be taken ({error}): check that its folder exists and can be written"
    )]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The settings for TLS cannot be used.
    #[error("TLS to PostgreSQL cannot be set up: {0}")]
    Tls(String),
    /// The database does not answer, or refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A database. Clones are cheap and share it; the last one to go closes it.
#[derive(Clone)]
pub struct Store(Arc<Base>);

enum Base {
    Sqlite { writer: Writer, readers: Readers, signal: Signal },
    Postgres(Postgres),
}

impl Store {
    /// Opens the database, and makes a SQLite file that is not there. Runs no migrations.
    pub async fn open(url: &DatabaseUrl, options: OpenOptions) -> Result<Self, OpenError> {
        let base = match &url.0 {
            Place::Sqlite(path) => {
                let lock = options.exclusive.then(|| sqlite::lock(path)).transpose()?;
                let signal = Signal::new();
                // The writer comes first: it may have to make the file.
                let writer = Writer::start(path, &options.machine, signal.clone(), lock)?;
                Base::Sqlite { writer, readers: Readers::open(path, &options.machine)?, signal }
            }
            Place::Postgres(server) => {
                let role = if options.exclusive { Role::Server } else { Role::Command };
                Base::Postgres(Postgres::open(server, options.connections, &options.machine, role).await?)
            }
        };
        Ok(Self(Arc::new(base)))
    }

    /// The engine below.
    pub fn engine(&self) -> Engine {
        match *self.0 {
            Base::Sqlite { .. } => Engine::Sqlite,
            Base::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a unit of work: `store.write(async move |tx| { ... }).await`.
    ///
    /// When this answers `Ok`, the work is committed and survives a crash. When `work` answers an error, nothing of it
    /// remains, and the error is handed on. `work` awaits nothing but the database.
    pub async fn write<F, T, E>(&self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &*self.0 {
            Base::Sqlite { writer, .. } => {
                let (unit, answer) = Work::new(work);
                writer.submit(Box::new(unit)).await?;
                answer.await.unwrap_or_else(|_| Err(StoreError::internal("the database writer ended").into()))
            }
            Base::Postgres(postgres) => postgres.write(work).await,
        }
    }

    /// Whether the last write failed because of the file or what holds it. PostgreSQL, where reads and writes share a
    /// link, is never said to.
    pub(crate) fn is_failing_to_write(&self) -> bool {
        match &*self.0 {
            Base::Sqlite { writer, .. } => writer.is_failing(),
            Base::Postgres(_) => false,
        }
    }

    /// A connection to read from. Each query sees what was committed before it. Keep it no longer than a request.
    pub async fn read(&self) -> Result<Reader, StoreError> {
        Ok(Reader(match &*self.0 {
            Base::Sqlite { readers, .. } => Reading::Sqlite(readers.take().await?),
            Base::Postgres(postgres) => Reading::Postgres(Box::new(postgres.reading().await?)),
        }))
    }

    /// Hears of committed work, from now on.
    pub fn wakeups(&self) -> Wakeups {
        match &*self.0 {
            Base::Sqlite { signal, .. } => signal.listen(),
            Base::Postgres(postgres) => postgres.wakeups(),
        }
    }
}

/// A connection that reads; it goes back to its pool when it is dropped.
pub struct Reader(Reading);

enum Reading {
    Sqlite(ReadingTx),
    Postgres(Box<Tx>),
}

impl Deref for Reader {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        match &self.0 {
            Reading::Sqlite(reading) => &reading.tx,
            Reading::Postgres(tx) => tx,
        }
    }
}
