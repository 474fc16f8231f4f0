//! What a server holds at a moment.

use std::fs;
use std::path::Path;

use crate::Outcome;

/// One look at the server.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// Seconds since the load began.
    pub at: f64,
    /// Resident memory, in MiB.
    pub memory: f64,
    /// The write-ahead log of SQLite, in MiB; zero where there is none.
    pub log: f64,
    /// Open files, connections among them.
    pub files: f64,
    pub threads: f64,
    /// Tasks of the runtime.
    pub tasks: f64,
    /// Jobs that wait for a worker.
    pub waiting_jobs: f64,
}

const MIB: f64 = 1_048_576.0;

impl Sample {
    /// Looks at a process, at what it says of itself under `/metrics`, and at its log.
    pub fn take(at: f64, process: u32, metrics: &str, log: Option<&Path>) -> Outcome<Self> {
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        let of_status = |name| number(&status, name).ok_or_else(|| format!("no {name} in /proc/PID/status"));
        let of_metrics = |name| number(metrics, name).ok_or_else(|| format!("no {name} in /metrics"));
        let log = match log {
            Some(path) => bytes(fs::metadata(path)?.len()),
            None => 0.0,
        };
        Ok(Self {
            at,
            memory: of_status("VmRSS:")? / 1_024.0,
            log: log / MIB,
            files: bytes(u64::try_from(fs::read_dir(format!("/proc/{process}/fd"))?.count())?),
            threads: of_status("Threads:")?,
            tasks: of_metrics("runtime_tasks")?,
            waiting_jobs: of_metrics("jobs{state=\"ready\"}")?,
        })
    }
}

fn bytes(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// The number behind a name at the beginning of a line.
fn number(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.split_ascii_whitespace().next() == Some(name))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_behind_its_whole_name() {
        let status = "VmRSSx:\t 9 kB\nVmRSS:\t  2048 kB\nThreads:\t7\n";
        assert_eq!(number(status, "VmRSS:"), Some(2_048.0));
        let metrics = "# TYPE jobs gauge\njobs{state=\"running\"} 5\njobs{state=\"ready\"} 3\n";
        assert_eq!(number(metrics, "jobs{state=\"ready\"}"), Some(3.0));
        assert_eq!(number(metrics, "runtime_tasks"), None);
    }

    #[test]
    fn this_process_can_be_looked_at() {
        let metrics = "runtime_tasks 4\njobs{state=\"ready\"} 0\n";
        let sample = Sample::take(1.5, std::process::id(), metrics, None).unwrap();
        assert!(sample.memory > 1.0 && sample.files >= 3.0 && sample.threads >= 1.0, "{sample:?}");
        assert_eq!((sample.at, sample.tasks), (1.5, 4.0));
    }
}
