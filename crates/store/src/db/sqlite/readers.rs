//! The connections that read. They are used on the calling thread: a query takes less time than a hop to another.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use riverbank_model::MachineClock;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::db::error::StoreError;
use crate::db::outage::{Outage, Words};
use crate::db::tx::{self, Tx};

/// Connections that read at once.
const COUNT: usize = 8;

const WORDS: Words = Words { fails: "the database cannot be read", works: "the database can be read again" };

type Idle = Arc<Mutex<Vec<Arc<Tx>>>>;

/// The pool of reading connections.
pub(in crate::db) struct Readers {
    idle: Idle,
    free: Arc<Semaphore>,
    outage: Arc<Outage>,
}

impl Readers {
    pub(in crate::db) fn open(path: &Path, machine: &Arc<dyn MachineClock>) -> Result<Self, StoreError> {
        let outage = Arc::new(Outage::new(WORDS, machine));
        let mut idle = Vec::with_capacity(COUNT);
        for _ in 0..COUNT {
            let connection = super::connect(path, machine)?;
            connection.pragma_update(None, "query_only", true)?;
            idle.push(Arc::new(Tx {
                session: tx::Session::Sqlite(super::Session::telling(connection, &outage)),
            }));
        }
        Ok(Self { idle: Arc::new(Mutex::new(idle)), free: Arc::new(Semaphore::new(COUNT)), outage })
    }

    pub(in crate::db) async fn take(&self) -> Result<ReadingTx, StoreError> {
        let closed = || StoreError::internal("the database is closed");
        let permit = Arc::clone(&self.free).acquire_owned().await.map_err(|_| closed())?;
        let tx = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().ok_or_else(closed)?;
        Ok(ReadingTx { tx, home: Arc::clone(&self.idle), outage: Arc::clone(&self.outage), _permit: permit })
    }
}

/// A connection that goes back to its pool when it is dropped, and only then frees its place.
pub(in crate::db) struct ReadingTx {
    pub(in crate::db) tx: Arc<Tx>,
    home: Idle,
    outage: Arc<Outage>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for ReadingTx {
    fn drop(&mut self) {
        if let tx::Session::Sqlite(session) = &self.tx.session
            && !session.take_failed()
        {
            self.outage.passed();
        }
        self.home.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&self.tx));
    }
}
