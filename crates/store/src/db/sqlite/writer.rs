//! The one writer: waiting units of work share a commit, each inside a savepoint of its own.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use riverbank_model::MachineClock;
use tokio::sync::mpsc;

use super::Session;
use crate::db::UNHEEDED;
use crate::db::error::StoreError;
use crate::db::outage::{Outage, Words};
use crate::db::tx::{self, Tx};
use crate::db::wakeups::Signal;

/// Units that share a commit at most.
const GROUP_UNITS: usize = 128;
/// A group takes no further unit when it is this old, so that the first need not wait for long.
const GROUP_AGE: Duration = Duration::from_millis(10);
/// Units that may wait before callers are held back.
const QUEUE: usize = 1_024;
/// A write-ahead log longer than this is emptied, waiting for readers if need be. Usually the automatic checkpoint
/// keeps it shorter.
const LOG_BYTES: u64 = 64 * 1024 * 1024;
/// How long the readers are waited for. One that reads for longer, such as a backup, lets the log grow meanwhile.
const LOG_PATIENCE: Duration = Duration::from_millis(100);
/// How long a caller waits for a place in the queue.
const PATIENCE: Duration = Duration::from_secs(10);

const WORDS: Words =
    Words { fails: "the database cannot be written", works: "the database can be written again" };

/// A unit of work, with the caller who waits for it.
pub(in crate::db) trait Unit: Send {
    /// Whether the caller has gone, so that the work need not be done.
    fn abandoned(&self) -> bool;
    /// Does the work; says whether it succeeded.
    fn run(&mut self, tx: &Tx) -> bool;
    /// Answers the caller with the work's own result, or with what came between it and its commit.
    fn answer(self: Box<Self>, outcome: Result<(), StoreError>);
}

/// The handle of the writer's thread.
pub(in crate::db) struct Writer {
    queue: Option<mpsc::Sender<Box<dyn Unit>>>,
    outage: Arc<Outage>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread. It holds `lock` until it ends.
    pub(in crate::db) fn start(
        path: &Path,
        machine: &Arc<dyn MachineClock>,
        signal: Signal,
        lock: Option<File>,
    ) -> Result<Self, StoreError> {
        let connection = super::connect(path, machine)?;
        let outage = Arc::new(Outage::new(WORDS, machine));
        let serving = Serving {
            tx: Tx { session: tx::Session::Sqlite(Session::telling(connection, &outage)) },
            path: path.to_owned(),
            machine: Arc::clone(machine),
            signal,
            outage: Arc::clone(&outage),
        };
        let (queue, waiting) = mpsc::channel(QUEUE);
        let thread = thread::Builder::new().name("database writer".into()).spawn(move || {
            let _lock = lock;
            serving.run(waiting);
        });
        let thread = thread.map_err(|error| StoreError::unavailable(format!("no thread: {error}")))?;
        Ok(Self { queue: Some(queue), outage, thread: Some(thread) })
    }

    /// Whether the last write failed because of the file or what holds it.
    pub(in crate::db) fn is_failing(&self) -> bool {
        self.outage.is_on()
    }

    pub(in crate::db) async fn submit(&self, unit: Box<dyn Unit>) -> Result<(), StoreError> {
        let closed = || StoreError::unavailable("the database writer has ended");
        let queue = self.queue.as_ref().ok_or_else(closed)?;
        let full =
            |_| StoreError::unavailable(format!("no place in the queue of writes within {PATIENCE:?}"));
        tokio::time::timeout(PATIENCE, queue.send(unit)).await.map_err(full)?.map_err(|_| closed())
    }
}

impl Drop for Writer {
    /// Waits until the units in the queue are done and the file is closed.
    fn drop(&mut self) {
        self.queue = None;
        // A unit may hold the last handle of its own store.
        if let Some(thread) = self.thread.take_if(|thread| thread.thread().id() != thread::current().id())
            && thread.join().is_err()
        {
            tracing::error!("the database writer panicked");
        }
    }
}

/// What became of a unit before the group's commit.
enum Fate {
    /// Its savepoint was released: it stands or falls with the commit.
    Kept,
    /// It was rolled back: its own result, or this error, is the answer.
    Ended(Result<(), StoreError>),
}

struct Serving {
    tx: Tx,
    path: PathBuf,
    machine: Arc<dyn MachineClock>,
    signal: Signal,
    outage: Arc<Outage>,
}

impl Serving {
    fn run(self, mut waiting: mpsc::Receiver<Box<dyn Unit>>) {
        let tx::Session::Sqlite(session) = &self.tx.session else {
            return;
        };
        let mut log = self.path.as_os_str().to_owned();
        log.push("-wal");
        let mut bound = LOG_BYTES;
        while let Some(unit) = waiting.blocking_recv() {
            self.group(session, unit, &mut waiting);
            let length = std::fs::metadata(&log).map_or(0, |log| log.len());
            if length > bound {
                bound = if empty_log(session) { LOG_BYTES } else { length + LOG_BYTES };
            }
        }
    }

    /// Runs `first` and those that wait behind it, commits once, then answers all.
    fn group(&self, session: &Session, first: Box<dyn Unit>, waiting: &mut mpsc::Receiver<Box<dyn Unit>>) {
        if let Err(error) = self.begin(session) {
            self.outage.failed(&error);
            // Those behind it would wait as long, one after the other, and be told the same.
            let behind = (0..waiting.len()).map_while(|_| waiting.try_recv().ok());
            for unit in std::iter::once(first).chain(behind) {
                unit.answer(Err(error.clone()));
            }
            return;
        }
        let begun = self.machine.elapsed();
        let mut done = Vec::new();
        let mut wake = false;
        let mut next = Some(first);
        let mut lost = None;
        while let Some(mut unit) = next.take() {
            if !unit.abandoned() {
                let (fate, wakes) = self.unit(session, unit.as_mut());
                wake |= wakes;
                done.push((unit, fate));
            }
            // A full disk or a failed read makes SQLite roll the whole transaction back by itself.
            if session.connection().is_autocommit() {
                lost = Some(StoreError::unavailable("the transaction was rolled back by the database"));
                break;
            }
            if done.len() < GROUP_UNITS && self.machine.elapsed().saturating_sub(begun) < GROUP_AGE {
                next = waiting.try_recv().ok();
            }
        }
        let committed = match lost {
            Some(error) => Err(error),
            None => run(session, "commit").inspect_err(|_| {
                let _ = run(session, "rollback");
            }),
        };
        match &committed {
            Err(error) => self.outage.failed(error),
            // A commit of nothing is no proof.
            Ok(()) if done.iter().any(|(_, fate)| matches!(fate, Fate::Kept)) => self.outage.passed(),
            Ok(()) => {}
        }
        if wake && committed.is_ok() {
            self.signal.fire();
        }
        for (unit, fate) in done {
            match (fate, &committed) {
                (Fate::Ended(outcome), Ok(())) => unit.answer(outcome),
                // A unit that was refused may have been so for what a neighbour wrote, and that is gone.
                (_, committed) => unit.answer(committed.clone()),
            }
        }
    }

    /// Begins a transaction; on a new connection if the one before could not be ended on the old one.
    fn begin(&self, session: &Session) -> Result<(), StoreError> {
        if !session.connection().is_autocommit() {
            session.replace(super::connect(&self.path, &self.machine)?);
        }
        run(session, "begin immediate")
    }

    /// Runs one unit inside a savepoint; says what became of it, and whether it asks for a wake-up.
    fn unit(&self, session: &Session, unit: &mut dyn Unit) -> (Fate, bool) {
        if let Err(error) = run(session, "savepoint unit") {
            return (Fate::Ended(Err(error)), false);
        }
        let ran = catch_unwind(AssertUnwindSafe(|| unit.run(&self.tx)));
        let failed = session.take_failed();
        let wake = session.wake.take();
        let outcome = match ran {
            Ok(true) if !failed => match run(session, "release unit") {
                Ok(()) => return (Fate::Kept, wake),
                Err(error) => Err(error),
            },
            Ok(true) => Err(StoreError::internal(UNHEEDED)),
            Ok(false) => Ok(()),
            Err(_) => Err(StoreError::internal("a unit of work panicked")),
        };
        let undone = run(session, "rollback to unit").and_then(|()| run(session, "release unit"));
        (Fate::Ended(outcome.and(undone_or_gone(session, undone))), false)
    }
}

/// Moves the write-ahead log into the file; says whether it is empty now.
fn empty_log(session: &Session) -> bool {
    let connection = session.connection();
    let emptied = connection.busy_timeout(LOG_PATIENCE).and_then(|()| {
        connection.query_row("pragma wal_checkpoint(truncate)", [], |row| Ok(row.get::<_, i64>(0)? == 0))
    });
    let patient = connection.busy_timeout(Duration::from_millis(super::BUSY_MILLISECONDS.into()));
    match emptied.and_then(|emptied| patient.map(|()| emptied)) {
        Ok(emptied) => emptied,
        Err(error) => {
            tracing::warn!(%error, "the write-ahead log could not be emptied");
            false
        }
    }
}

/// A savepoint that could not be undone is no failure if the whole transaction is gone.
fn undone_or_gone(session: &Session, undone: Result<(), StoreError>) -> Result<(), StoreError> {
    if session.connection().is_autocommit() { Ok(()) } else { undone }
}

fn run(session: &Session, sql: &str) -> Result<(), StoreError> {
    session.connection().prepare_cached(sql)?.execute([])?;
    Ok(())
}
