//! The machine that the figures are of.

use std::fs;
use std::thread;

use serde::{Deserialize, Serialize};

/// What a reader needs to know to compare figures.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Machine {
    /// The day of the run.
    pub day: String,
    pub processor: String,
    pub cores: usize,
    /// In GiB.
    pub memory: u64,
    pub kernel: String,
}

impl Machine {
    /// This machine, today.
    #[expect(clippy::disallowed_methods, reason = "the day that figures are of is the real one")]
    pub fn this() -> Self {
        let file = |path| fs::read_to_string(path).unwrap_or_default();
        let kibibytes: u64 = field(&file("/proc/meminfo"), "MemTotal")
            .and_then(|text| text.split(' ').next()?.parse().ok())
            .unwrap_or(0);
        Self {
            day: jiff::Timestamp::now().strftime("%Y-%m-%d").to_string(),
            processor: field(&file("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown".into()),
            cores: thread::available_parallelism().map_or(1, Into::into),
            memory: (kibibytes + (1 << 19)) >> 20,
            kernel: file("/proc/sys/kernel/osrelease").trim().to_owned(),
        }
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { day, processor, cores, memory, kernel } = self;
        write!(formatter, "{day}, {cores} cores of {processor}, {memory} GiB of memory, Linux {kernel}")
    }
}

/// The first `name : value` of a file of `/proc`.
fn field(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_what_follows_its_name_first() {
        let text = "processor\t: 0\nmodel name\t: Swift\nmodel name\t: Other\n";
        assert_eq!(field(text, "model name").as_deref(), Some("Swift"));
        assert_eq!(field(text, "model"), None);
    }
}
