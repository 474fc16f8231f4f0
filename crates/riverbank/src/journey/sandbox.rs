//! A sandbox of a journey's own: this binary as a process of its own, on a database in a temporary directory.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{env, thread};

use riverbank_model::{ExposeSecret, SecretText};
use serde_json::Value;
use tempfile::TempDir;
use url::Url;

use super::Keys;

/// The client that is made in it.
const CLIENT: &str = "acme";
const LISTENING: &str = "riverbank listening on ";

/// A running sandbox; it ends, and its directory goes, when this is dropped.
pub struct Sandbox {
    process: Child,
    base: Url,
    keys: Keys,
    _directory: TempDir,
}

impl Sandbox {
    /// Starts one, and makes a client in it. `control_key` is to open its control face.
    pub fn start(seed: Option<&str>, control_key: SecretText) -> io::Result<Self> {
        let directory = TempDir::with_prefix("riverbank-journey-")?;
        let binary = env::current_exe()?;
        let command = |arguments: &[&str]| command(&binary, directory.path(), seed, &control_key, arguments);
        let made = command(&["client", "create", CLIENT, "--json"]).stderr(Stdio::inherit()).output()?;
        let made: Value = serde_json::from_slice(&made.stdout).map_err(io::Error::other)?;
        let api_key = made["api_key"].as_str().ok_or_else(|| io::Error::other("no client was made"))?;
        let api_key = SecretText::from(api_key.to_owned());
        let mut process = command(&["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn()?;
        let base = match listening(&mut process) {
            Ok(base) => base,
            Err(error) => {
                // Its last words are on standard error.
                _ = process.kill();
                _ = process.wait();
                return Err(error);
            }
        };
        let keys = Keys { client_id: CLIENT.to_owned(), api_key, control_key };
        Ok(Self { process, base, keys, _directory: directory })
    }

    /// Where it is, and what opens it.
    pub fn place(&self) -> (Url, Keys) {
        (self.base.clone(), self.keys.clone())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It has nothing to put down: its directory goes with it.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// A command of this binary with the settings of the sandbox, and no others.
fn command(
    binary: &Path,
    directory: &Path,
    seed: Option<&str>,
    control_key: &SecretText,
    arguments: &[&str],
) -> Command {
    let mut command = Command::new(binary);
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RIVERBANK_")) {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .current_dir(directory)
        .stdin(Stdio::null())
        .env("RIVERBANK_SANDBOX", "true")
        .env("RIVERBANK_DATABASE_URL", "sqlite://journey.db")
        .env("RIVERBANK_CONTROL_KEY", control_key.expose_secret())
        .env("RIVERBANK_LOG", "warn");
    if let Some(seed) = seed {
        command.env("RIVERBANK_SEED", seed);
    }
    command
}

/// Waits for the line that says where it listens.
fn listening(process: &mut Child) -> io::Result<Url> {
    let output = process.stdout.take().ok_or_else(|| io::Error::other("no output to read"))?;
    let mut lines = BufReader::new(output).lines();
    for line in lines.by_ref() {
        if let Some(url) = line?.strip_prefix(LISTENING) {
            let url = url.parse().map_err(io::Error::other)?;
            // Nobody reads on, but a full pipe would stop the server.
            thread::spawn(move || lines.for_each(drop));
            return Ok(url);
        }
    }
    Err(io::Error::other("the sandbox did not start"))
}
