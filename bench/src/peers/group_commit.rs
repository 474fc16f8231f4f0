//! The bare limit of a durable create on SQLite: callers that wait, and one writer that groups them into a commit.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::types::Value;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use super::rows::{Rows, scattered, writer};
use crate::Outcome;
use crate::sample::count;
use crate::stopwatch::Stopwatch;

/// Callers that wait at once.
const CALLERS: usize = 64;
/// Rows that share a commit at most: as many as there are callers.
const GROUP: usize = CALLERS;

/// What a create writes, as our server wrote it for one member.
pub struct Create {
    connection: Connection,
    member: Rows,
    credentials: Rows,
    audit: Rows,
    user: String,
    made: u64,
}

impl Create {
    /// As the member was made that the database holds; all written anew for its user.
    pub fn like(path: &Path, member: &str) -> Outcome<Self> {
        let connection = writer(path)?;
        let rows = |table, column| Rows::read(&connection, table, &format!("{column} = '{member}'"));
        let (member_rows, credentials, audit) =
            (rows("members", "guid")?, rows("member_credentials", "member_guid")?, rows("audit", "subject")?);
        let user = connection
            .query_row("select user_guid from members where guid = ?", [member], |row| row.get(0))?;
        Ok(Self { member: member_rows, credentials, audit, user, made: 0, connection })
    }

    fn write(&mut self) -> rusqlite::Result<()> {
        self.made += 1;
        let guid = Value::Text(scattered("MBR", self.made));
        let number: i64 = self
            .connection
            .prepare_cached(
                "update users set children_made = children_made + 1 where guid = ? returning children_made",
            )?
            .query_row([&self.user], |row| row.get(0))?;
        let fingerprint = scattered("", self.made).into_bytes();
        self.member.set("guid", |_| guid.clone());
        self.member.set("number", |_| Value::Integer(number));
        self.member.set("login_fingerprint", |_| Value::Blob(fingerprint.clone()));
        self.credentials.set("member_guid", |_| guid.clone());
        self.audit.set("subject", |_| guid.clone());
        self.member.write(&self.connection)?;
        self.credentials.write(&self.connection)?;
        self.audit.write(&self.connection)
    }

    /// Writes for a while; the creates in a second.
    pub fn run(&mut self, duration: Duration) -> Outcome<f64> {
        let runtime = Runtime::new()?;
        let (sender, waiting) = mpsc::channel();
        let (done, ended) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let watch = Stopwatch::start();
        for _ in 0..CALLERS {
            runtime.spawn(call(sender.clone(), Arc::clone(&done), Arc::clone(&ended)));
        }
        drop(sender);
        runtime.spawn(async move {
            tokio::time::sleep(duration).await;
            ended.store(true, Ordering::Relaxed);
        });
        self.serve(&waiting)?;
        Ok(count(done.load(Ordering::Relaxed)) / watch.elapsed().as_secs_f64())
    }

    /// Groups those that wait into commits until nobody is left.
    fn serve(&mut self, waiting: &Receiver<oneshot::Sender<()>>) -> rusqlite::Result<()> {
        while let Ok(first) = waiting.recv() {
            let mut group = vec![first];
            self.connection.execute_batch("begin immediate")?;
            self.write()?;
            while group.len() < GROUP
                && let Ok(next) = waiting.try_recv()
            {
                self.write()?;
                group.push(next);
            }
            self.connection.execute_batch("commit")?;
            for caller in group {
                // A caller that has gone needs no answer.
                let _ = caller.send(());
            }
        }
        Ok(())
    }
}

/// Asks for one create after the other, and waits for each.
async fn call(writer: Sender<oneshot::Sender<()>>, done: Arc<AtomicU64>, ended: Arc<AtomicBool>) {
    while !ended.load(Ordering::Relaxed) {
        let (answer, answered) = oneshot::channel();
        if writer.send(answer).is_err() || answered.await.is_err() {
            return;
        }
        done.fetch_add(1, Ordering::Relaxed);
    }
}
