//! One connection of its own that hears the wake-ups of other nodes and sends ours.
//!
//! Ours are not sent inside the unit of work that asks for them: a `NOTIFY` makes PostgreSQL commit one transaction
//! after the other. Sent from here, after the commit, many become one, and nobody waits for it. One that is lost with
//! the process is made up for by the waiting nodes' own limit.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Role, presence};
use crate::db::error::StoreError;
use crate::db::wakeups::Signal;

/// How long it waits before it connects again.
const RETRY: Duration = Duration::from_secs(1);

/// The task that listens; it ends with this handle.
pub(super) struct Listener {
    ours: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Listener {
    pub(super) fn start(config: Config, tls: MakeRustlsConnect, signal: Signal, role: Role) -> Self {
        let ours = Arc::new(Notify::new());
        let asked = Arc::clone(&ours);
        let task = tokio::spawn(async move {
            loop {
                if let Err(error) = listen(&config, &tls, &signal, &asked, role).await {
                    tracing::warn!(%error, "wake-ups of other nodes are not heard until the database is back");
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
    role: Role,
) -> Result<(), StoreError> {
    let (client, mut connection) = config.connect(tls.clone()).await?;
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
        if role == Role::Server && !presence::announce(&client).await? {
            return Err(StoreError::unavailable("the database is being moved"));
        }
        // What was committed while nobody listened.
        signal.fire();
        loop {
            tokio::select! {
                () = ours.notified() => client.batch_execute("select pg_notify('riverbank_jobs', '')").await?,
                Some(from) = notes.recv() => if from != pid { signal.fire() },
            }
        }
    };
    tokio::select! {
        ended = drive => ended,
        failed = serve => failed,
    }
}

async fn subscribe(client: &Client) -> Result<i32, StoreError> {
    client.batch_execute("listen riverbank_jobs").await?;
    Ok(client.query_one("select pg_backend_pid()", &[]).await?.try_get(0)?)
}
