//! The recorded OFX bank: a server on this machine that speaks OFX Direct Connect as banks do, in 1.x and 2.x.
//!
//! Its data is invented and a function of the account and the day, so that statements of overlapping windows repeat
//! themselves and every day brings something new. It looks at what it is sent with a bank's eyes and writes down what
//! no client should send.

mod answer;
mod check;
mod data;
mod logins;
mod server;
mod statement;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use jiff::civil::Date;
pub use logins::{ANSWER, LOGINS, Login, PASSWORD, TOKEN, TOKEN_LABEL};
use tokio::sync::oneshot;

/// `ORG` of the bank.
pub const ORG: &str = "Millrace Savings Bank";
/// `FID` of the bank.
pub const FID: &str = "90210";

/// A running bank; dropping it stops it.
#[derive(Debug)]
pub struct OfxBank {
    url: String,
    book: Arc<Book>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the bank remembers.
#[derive(Debug)]
struct Book {
    today: Date,
    entries: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    requests: Vec<Vec<u8>>,
    answers: Vec<Vec<u8>>,
    violations: Vec<String>,
    /// `TRNUID` and `NEWFILEUID` that were seen.
    uids: std::collections::HashSet<String>,
}

impl Book {
    fn entries(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OfxBank {
    /// Starts a bank for which it is that day.
    pub fn start(listen: SocketAddr, today: Date) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(listen)?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}/ofx", listener.local_addr()?);
        let book = Arc::new(Book { today, entries: Mutex::default() });
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let served = Arc::clone(&book);
        let thread = std::thread::spawn(move || runtime.block_on(server::serve(listener, served, stopped)));
        Ok(Self { url, book, stop: Some(stop), thread: Some(thread) })
    }

    /// Where requests are posted.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The `[ofx]` table of a catalogue entry for this bank.
    pub fn settings(&self) -> String {
        format!("url = \"{}\"\norg = \"{ORG}\"\nfid = \"{FID}\"\nversion = 102\n", self.url)
    }

    /// The same in another version of the format, with further lines.
    pub fn settings_with(&self, version: u16, more: &str) -> String {
        let settings = self.settings();
        format!("{}{more}\n", settings.replace("version = 102", &format!("version = {version}")))
    }

    /// What was sent that no client should send, in words.
    pub fn violations(&self) -> Vec<String> {
        self.book.entries().violations.clone()
    }

    /// The bodies of all answers in OFX, in the order in which they went, whole ones also where they were cut off.
    pub fn answers(&self) -> Vec<Vec<u8>> {
        self.book.entries().answers.clone()
    }

    /// The bodies of all requests, in the order in which they came.
    pub fn requests(&self) -> Vec<Vec<u8>> {
        self.book.entries().requests.clone()
    }
}

impl Drop for OfxBank {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
