//! What a server writes.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long a line is waited for, and the gap between two looks for it.
const LIMIT: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_millis(50);

/// All lines that the processes of one server wrote, standard output and standard error together.
#[derive(Debug, Clone, Default)]
pub(super) struct Log(Arc<Mutex<String>>);

impl Log {
    fn push(&self, line: &str) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.push_str(line);
        log.push('\n');
    }

    pub(super) fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until these words are there, and gives all of it.
    pub(super) async fn wait_for(&self, words: &str) -> String {
        for _ in 0..LIMIT.as_millis() / LOOK.as_millis() {
            let text = self.text();
            if text.contains(words) {
                return text;
            }
            tokio::time::sleep(LOOK).await;
        }
        panic!("no {words:?} in the log:\n{}", self.text());
    }

    /// Takes in what is written there until its end, and passes the lines on.
    pub(super) fn copy_lines(
        &self,
        from: impl Read + Send + 'static,
        lines: Option<Sender<String>>,
    ) -> JoinHandle<()> {
        let log = self.clone();
        thread::spawn(move || {
            for line in BufReader::new(from).lines() {
                let Ok(line) = line else { break };
                log.push(&line);
                if let Some(lines) = &lines {
                    // Nobody listens any more once the server is up.
                    let _ = lines.send(line);
                }
            }
        })
    }
}
