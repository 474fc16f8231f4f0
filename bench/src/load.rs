//! Load from wrk, told by a script what to ask and how to report.

use std::fmt::Write as _;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::NamedTempFile;

use crate::Outcome;

/// One request; the requests of a load are sent in turns.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(String, String)>,
    /// [`UNIQUE`] in it becomes a text that no other request of the program has.
    pub body: Option<String>,
}

/// What a body holds where every request is to differ.
pub const UNIQUE: &str = "{unique}";

impl Call {
    pub fn get(path: impl Into<String>, headers: &[(String, String)]) -> Self {
        Self { method: "GET", path: path.into(), headers: headers.to_vec(), body: None }
    }

    pub fn post(path: &str, headers: &[(String, String)], body: String) -> Self {
        Self { method: "POST", path: path.into(), headers: headers.to_vec(), body: Some(body) }
    }
}

/// A load of one server.
#[derive(Clone, Debug)]
pub struct Load {
    pub base_url: String,
    pub calls: Vec<Call>,
    pub connections: usize,
    /// Whole seconds, since wrk counts no others.
    pub seconds: u64,
}

/// What a load measured. Latencies in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Answers in a second.
    pub rate: f64,
    pub median: f64,
    pub p99: f64,
}

/// Threads of wrk: one for each core that it shares with the server.
const THREADS: usize = 2;

/// What the script's last line begins with.
const REPORT: &str = "measured ";

impl Load {
    /// Runs it; an answer that is no success, or none, is an error.
    pub fn run(&self) -> Outcome<Measured> {
        static RUNS: AtomicU64 = AtomicU64::new(0);
        let script = NamedTempFile::with_suffix(".lua")?;
        std::fs::write(script.path(), script_of(&self.calls, RUNS.fetch_add(1, Ordering::Relaxed)))?;
        let output = Command::new("wrk")
            .args(["--threads", &THREADS.min(self.connections).to_string()])
            .args(["--connections", &self.connections.to_string()])
            .args(["--duration", &format!("{}s", self.seconds), "--timeout", "30s", "--script"])
            .arg(script.path())
            .arg(&self.base_url)
            .output()
            .map_err(|error| format!("wrk: {error}"))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        reported(&printed)
            .map_err(|why| format!("{why}\n{printed}{}", String::from_utf8_lossy(&output.stderr)).into())
    }

    /// The same with so many connections.
    #[must_use]
    pub fn with_connections(&self, connections: usize) -> Self {
        Self { connections, ..self.clone() }
    }
}

/// The script for wrk. Requests that never differ are made once.
fn script_of(calls: &[Call], run: u64) -> String {
    let mut script = format!("local run = \"{run}-{}\"\n", std::process::id());
    script += "\
local threads, sent, calls, ready = 0, 0, {}, {}
function setup(thread) thread:set('number', threads); threads = threads + 1 end
function init()
";
    for Call { method, path, headers, body } in calls {
        let headers: Vec<_> =
            headers.iter().map(|(name, value)| format!("[{}] = {}", quoted(name), quoted(value))).collect();
        let body = body.as_deref().map_or("nil".to_owned(), quoted);
        // Writing to a string cannot fail.
        let _ = writeln!(
            script,
            "  calls[#calls + 1] = {{{}, {}, {{{}}}, {body}}}",
            quoted(method),
            quoted(path),
            headers.join(", ")
        );
    }
    script
        + "\
  for index, call in ipairs(calls) do
    local before, after = (call[4] or ''):match('^(.*){unique}(.*)$')
    if before then call.before, call.after = before, after
    else ready[index] = wrk.format(call[1], call[2], call[3], call[4]) end
  end
end
function request()
  sent = sent + 1
  local index = (sent + number * 7) % #calls + 1
  if ready[index] then return ready[index] end
  local call = calls[index]
  local body = call.before .. run .. '-' .. number .. '-' .. sent .. call.after
  return wrk.format(call[1], call[2], call[3], body)
end
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('measured %d %d %d %d %d %d\\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
"
}

/// A text as Lua writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// The figures of the script's line: requests, microseconds, the two latencies in microseconds, refusals, failures.
fn reported(printed: &str) -> Result<Measured, String> {
    let line = printed.lines().find_map(|line| line.strip_prefix(REPORT)).ok_or("no report")?;
    let figures: Vec<f64> = line.split(' ').filter_map(|figure| figure.parse().ok()).collect();
    let &[requests, duration, median, p99, refused, failed] = figures.as_slice() else {
        return Err("a report of another form".into());
    };
    if refused > 0.0 || failed > 0.0 {
        return Err(format!("of {requests} requests {refused} were refused and {failed} failed"));
    }
    if requests == 0.0 || duration == 0.0 {
        return Err("nothing was answered".into());
    }
    Ok(Measured { rate: requests / duration * 1e6, median: median / 1e3, p99: p99 / 1e3 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_becomes_a_rate_and_latencies_in_milliseconds() {
        let printed = "Running 2s test\n  2 threads\nmeasured 40000 2000000 350 1250 0 0\n";
        assert_eq!(reported(printed), Ok(Measured { rate: 20_000.0, median: 0.35, p99: 1.25 }));
    }

    #[test]
    fn a_load_with_refusals_or_failures_has_no_figures() {
        let refused = reported("measured 100 1000000 1 1 3 0").unwrap_err();
        assert_eq!(refused, "of 100 requests 3 were refused and 0 failed");
        assert!(reported("measured 100 1000000 1 1 0 2").is_err());
    }

    #[test]
    fn a_load_without_answers_or_without_a_report_has_no_figures() {
        for printed in ["", "measured 1 2", "measured 0 1000000 0 0 0 0", "unable to connect"] {
            assert!(reported(printed).is_err(), "{printed}");
        }
    }

    #[test]
    fn texts_of_a_script_are_quoted_as_lua_reads_them() {
        assert_eq!(quoted("a \"b\" \\ c\nd"), r#""a \"b\" \\ c\nd""#);
    }

    #[test]
    fn a_script_holds_every_call() {
        let header = [("accept".to_owned(), "application/json".to_owned())];
        let calls = [Call::get("/members/1", &header), Call::post("/members", &[], format!("<{UNIQUE}>"))];
        let script = script_of(&calls, 3);
        for line in [
            r#"calls[#calls + 1] = {"GET", "/members/1", {["accept"] = "application/json"}, nil}"#,
            r#"calls[#calls + 1] = {"POST", "/members", {}, "<{unique}>"}"#,
            r#"local run = "3-"#,
        ] {
            assert!(script.contains(line), "no {line} in {script}");
        }
    }
}
