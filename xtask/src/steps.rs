//! What the developer sees of long work: one line per step, and on a terminal a line that moves within a step.

use std::io::{self, IsTerminal, Write};

/// The steps of one task.
pub struct Steps {
    total: usize,
    begun: usize,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self { total, begun: 0 }
    }

    /// Announces the next step.
    pub fn begin(&mut self, what: &str) {
        self.begun += 1;
        println!("[{}/{}] {what}", self.begun, self.total);
    }
}

/// How far a step has come.
pub struct Progress {
    terminal: bool,
    last: String,
}

/// Erases the line the cursor is on and goes to its beginning.
const ERASE_LINE: &str = "\r\x1b[2K";

impl Progress {
    pub fn start() -> Self {
        Self { terminal: io::stdout().is_terminal(), last: String::new() }
    }

    /// Shows `done` of `total` as a bar with `what` beside it on a terminal; elsewhere a line when `what` changes.
    pub fn show(&mut self, done: usize, total: usize, what: &str) {
        const WIDTH: usize = 24;
        if self.terminal {
            let filled = WIDTH * done.min(total) / total.max(1);
            print!("{ERASE_LINE}  [{}{}] {what}", "#".repeat(filled), "-".repeat(WIDTH - filled));
            // A terminal that is gone shows no progress, and the work goes on.
            let _ = io::stdout().flush();
        } else if what != self.last {
            println!("  {what}");
        }
        what.clone_into(&mut self.last);
    }

    /// Leaves `what` as the step's last line.
    pub fn end(self, what: &str) {
        if self.terminal {
            println!("{ERASE_LINE}  {what}");
        } else if what != self.last {
            println!("  {what}");
        }
    }
}
