//! Servers from npm that mock the committed `openapi/nexus.json`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::{Process, free_port};
use crate::Outcome;

/// What both mock: an address that needs no state.
pub const MEMBER: &str = "/members/MBR-7c6f361b-e582-15b6-60c0-358f12466b4b";

/// A server that mocks a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mock {
    Prism,
    Mockoon,
}

impl Mock {
    pub fn name(self) -> &'static str {
        match self {
            Self::Prism => "Prism",
            Self::Mockoon => "Mockoon",
        }
    }

    /// Starts it, with as little of its log as it can be told, and waits for its first answer.
    pub fn start(self) -> Outcome<Process> {
        let port = free_port()?;
        let contract = workspace().join("openapi/nexus.json");
        let program = match self {
            Self::Prism => "prism",
            Self::Mockoon => "mockoon-cli",
        };
        let program = workspace().join("target/bench/npm/node_modules/.bin").join(program);
        if !program.exists() {
            return Err("not installed; it needs node and npm".into());
        }
        let mut command = Command::new(program);
        match self {
            Self::Prism => command.args(["mock", "--verboseLevel", "error", "--host", "127.0.0.1", "--port"]),
            Self::Mockoon => command.args([
                "start",
                "--disable-log-to-file",
                "--disable-admin-api",
                "--hostname",
                "127.0.0.1",
                "--port",
            ]),
        };
        command.arg(port.to_string());
        if self == Self::Mockoon {
            command.arg("--data");
        }
        Process::start(command.arg(contract), port, MEMBER)
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
