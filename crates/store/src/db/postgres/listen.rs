//! One connection of its own that hears the wake-ups of other nodes and sends ours.
//!
//! Ours are not sent inside the unit of work that asks for them: a `NOTIFY` makes PostgreSQL commit one transaction
//! after the other. Sent from here, after the commit, many become one, and nobody waits for it. One that is lost with
//! the process is made up for by the waiting nodes' own limit.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use riverbank_model::MachineClock;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::{AsyncMessage, Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Role, presence};
use crate::db::error::StoreError;
use crate::db::outage::{Outage, Words};
use crate::db::wakeups::Signal;

/// How long it waits before it connects again.
const RETRY: Duration = Duration::from_secs(1);
/// How often the server is asked for a sign of life: on a link that is dead, there is nothing to hear.
const PULSE: Duration = Duration::from_secs(5);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

const WORDS: Words = Words {
    fails: "wake-ups of other nodes are not heard, so their jobs wait a little longer",
    works: "wake-ups of other nodes are heard again",
};

/// The task that listens; it ends with this handle.
pub(super) struct Listener {
    ours: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Listener {
    pub(super) fn start(
        config: Config,
        tls: MakeRustlsConnect,
        signal: Signal,
        machine: &Arc<dyn MachineClock>,
        role: Role,
    ) -> Self {
        let ours = Arc::new(Notify::new());
        let asked = Arc::clone(&ours);
        let outage = Outage::new(WORDS, machine);
        let task = tokio::spawn(async move {
            loop {
                if let Err(error) = listen(&config, &tls, &signal, &asked, &outage, role).await {
                    outage.failed(&error);
                }
                tokio::time::sleep(RETRY).await;
            }
        });
        Self { ours, task }
    }

    /// Wakes the other nodes, soon.
    pub(super) fn tell_others(&self) {
        self.ours.notify_one();
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens until the connection breaks.
async fn listen(
    config: &Config,
    tls: &MakeRustlsConnect,
    signal: &Signal,
    ours: &Notify,
    outage: &Outage,
    role: Role,
) -> Result<(), StoreError> {
    let (client, mut connection) = answered(config.connect(tls.clone())).await?;
    let (heard, mut notes) = mpsc::unbounded_channel();
    let drive = async move {
        while let Some(message) = poll_fn(|cx| connection.poll_message(cx)).await {
            if let AsyncMessage::Notification(note) = message?
                && heard.send(note.process_id()).is_err()
            {
                break;
            }
        }
        Ok(())
    };
    let serve = async {
        let pid = subscribe(&client).await?;
        if role == Role::Server && !answered(presence::announce(&client)).await? {
            return Err(StoreError::unavailable("the database is being moved"));
        }
        outage.passed();
        // What was committed while nobody listened, here and elsewhere.
        signal.fire();
        ours.notify_one();
        loop {
            let words = tokio::select! {
                () = ours.notified() => "select pg_notify('riverbank_jobs', '')",
                Some(from) = notes.recv() => {
                    if from != pid {
                        signal.fire();
                    }
                    continue;
                }
                () = tokio::time::sleep(PULSE) => "",
            };
            answered(client.batch_execute(words)).await?;
        }
    };
    tokio::select! {
        ended = drive => ended,
        failed = serve => failed,
    }
}

async fn subscribe(client: &Client) -> Result<i32, StoreError> {
    answered(client.batch_execute("listen riverbank_jobs")).await?;
    Ok(answered(client.query_one("select pg_backend_pid()", &[])).await?.try_get(0)?)
}

async fn answered<T, E>(answer: impl Future<Output = Result<T, E>>) -> Result<T, StoreError>
where
    StoreError: From<E>,
{
    let silent = |_| StoreError::unavailable(format!("PostgreSQL was silent for {PATIENCE:?}"));
    Ok(timeout(PATIENCE, answer).await.map_err(silent)??)
}
