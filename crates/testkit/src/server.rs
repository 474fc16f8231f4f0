//! A real server: the built `riverbank` binary, started by path in a directory of its own.

mod log;

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};
use tempfile::TempDir;

use self::log::Log;
use crate::client::Credentials;

/// The environment variable that names the binary, where it does not stand in the target directory.
pub const BINARY_VARIABLE: &str = "RIVERBANK_BIN";
/// How long a server may take from its start to its `listening on` line; generous, since a machine may be busy.
const START_LIMIT: Duration = Duration::from_mins(1);
/// How long a server may take to stop after SIGTERM, as it promises.
pub const STOP_LIMIT: Duration = Duration::from_secs(10);
/// The gap between two looks whether a process has ended.
const LOOK: Duration = Duration::from_millis(5);
const LISTENING: &str = "riverbank listening on ";
/// The control key of every server started here.
pub const CONTROL_KEY: &str = "control-key-of-the-tests";

/// How a server is started.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// The database; none is an SQLite file in the server's directory.
    pub database_url: Option<String>,
    /// Whether it runs as a sandbox.
    pub sandbox: bool,
    /// Further environment variables, such as `("RIVERBANK_SEED", "7")`.
    pub variables: Vec<(String, String)>,
    /// The binary; none looks for it (see [`binary`]).
    pub binary: Option<PathBuf>,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self { database_url: None, sandbox: true, variables: Vec::new(), binary: None }
    }
}

impl ServerOptions {
    /// A sandbox on that database.
    pub fn on(database_url: impl Into<String>) -> Self {
        Self { database_url: Some(database_url.into()), ..Self::default() }
    }

    /// With one more environment variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }
}

/// Why a server did not start, stop or answer a command.
#[derive(Debug)]
pub enum ServerError {
    /// There is no binary to start.
    NoBinary(PathBuf),
    Io(io::Error),
    /// It ended, or was silent for too long, before it listened. With all that it wrote.
    NotListening {
        status: String,
        log: String,
    },
    /// It ended with another status than 0, or not in time.
    NotStopped {
        status: String,
        log: String,
    },
    /// A command ended with another status than 0.
    Failed {
        command: String,
        status: String,
        stderr: String,
    },
}

impl fmt::Display for ServerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBinary(path) => write!(
                formatter,
                "no binary at {}; build it with `cargo build -p riverbank`, or name one in {BINARY_VARIABLE}",
                path.display()
            ),
            Self::Io(error) => error.fmt(formatter),
            Self::NotListening { status, log } => {
                write!(formatter, "the server did not start ({status}):\n{log}")
            }
            Self::NotStopped { status, log } => {
                write!(formatter, "the server did not stop well ({status}):\n{log}")
            }
            Self::Failed { command, status, stderr } => {
                write!(formatter, "`riverbank {command}` failed ({status}):\n{stderr}")
            }
        }
    }
}

impl std::error::Error for ServerError {}

impl From<io::Error> for ServerError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The binary that [`BINARY_VARIABLE`] names, else the one in the target directory that holds the running program.
pub fn binary() -> Result<PathBuf, ServerError> {
    existing(match env::var_os(BINARY_VARIABLE) {
        Some(path) => PathBuf::from(path),
        None => beside(&env::current_exe()?),
    })
}

fn existing(path: PathBuf) -> Result<PathBuf, ServerError> {
    if path.is_file() { Ok(path) } else { Err(ServerError::NoBinary(path)) }
}

/// A test binary lies in `target/debug/deps`, any other in `target/debug`.
fn beside(program: &Path) -> PathBuf {
    let directory = program.parent().unwrap_or(Path::new("."));
    let directory = match directory.file_name().and_then(OsStr::to_str) {
        Some("deps") => directory.parent().unwrap_or(directory),
        _ => directory,
    };
    directory.join(format!("riverbank{}", env::consts::EXE_SUFFIX))
}

/// A server and its state. Dropping it kills the process and deletes the directory.
#[derive(Debug)]
pub struct Server {
    binary: PathBuf,
    options: ServerOptions,
    directory: TempDir,
    log: Log,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    process: Child,
    base_url: String,
}

impl Server {
    /// Starts a server on a fresh directory and waits until it listens.
    pub fn start(options: ServerOptions) -> Result<Self, ServerError> {
        let mut server = Self::prepare(options)?;
        server.start_again()?;
        Ok(server)
    }

    /// A server that does not run yet, so that commands can be run on its state first.
    pub fn prepare(options: ServerOptions) -> Result<Self, ServerError> {
        let binary = options.binary.clone().map_or_else(binary, existing)?;
        let directory = TempDir::with_prefix("riverbank-")?;
        Ok(Self { binary, options, directory, log: Log::default(), running: None })
    }

    /// Starts it on the state it has; its port changes.
    pub fn start_again(&mut self) -> Result<(), ServerError> {
        self.kill9();
        let mut process = self
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (lines, listening) = mpsc::channel();
        let output = process.stdout.take().map(|output| self.log.copy_lines(output, Some(lines)));
        let errors = process.stderr.take().map(|errors| self.log.copy_lines(errors, None));
        match await_listening(&listening) {
            Ok(base_url) => {
                self.running = Some(Running { process, base_url });
                Ok(())
            }
            Err(why) => {
                let status = process.try_wait()?.map_or(why.to_owned(), |status| status.to_string());
                let _ = process.kill();
                let _ = process.wait();
                // The last words may still be on their way.
                for copying in [output, errors].into_iter().flatten() {
                    let _ = copying.join();
                }
                Err(ServerError::NotListening { status, log: self.log.text() })
            }
        }
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    ///
    /// # Panics
    /// When the server does not run.
    pub fn base_url(&self) -> &str {
        &self.running.as_ref().expect("the server runs").base_url
    }

    /// Where its files are.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Its database's address.
    pub fn database_url(&self) -> String {
        self.options.database_url.clone().unwrap_or_else(|| "sqlite://riverbank.db".to_owned())
    }

    /// All that it wrote since it was first started.
    pub fn log(&self) -> String {
        self.log.text()
    }

    /// Waits until its log has these words, and gives all of it.
    ///
    /// # Panics
    /// When they do not come within a minute.
    pub async fn logged(&self, words: &str) -> String {
        self.log.wait_for(words).await
    }

    /// The process's id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.process.id())
    }

    /// Sends SIGTERM and waits for an exit with 0 within [`STOP_LIMIT`].
    pub fn stop(&mut self) -> Result<(), ServerError> {
        let Some(mut running) = self.running.take() else {
            return Ok(());
        };
        running.signal(Signal::TERM)?;
        let mut waited = Duration::ZERO;
        let status = loop {
            match running.process.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => break status.to_string(),
                None if waited > STOP_LIMIT => break format!("still running after {STOP_LIMIT:?}"),
                None => thread::sleep(LOOK),
            }
            waited += LOOK;
        };
        running.kill();
        Err(ServerError::NotStopped { status, log: self.log.text() })
    }

    /// Sends a signal and waits for nothing.
    ///
    /// # Panics
    /// When the server does not run.
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        self.running.as_ref().expect("the server runs").signal(signal)
    }

    /// Makes it crash as a defect would, by SIGABRT, and gives how it ended.
    ///
    /// # Panics
    /// When the server does not run.
    pub fn crash(&mut self) -> io::Result<ExitStatus> {
        self.signal(Signal::ABORT)?;
        self.running.take().expect("the server runs").process.wait()
    }

    /// Kills it as a power cut would.
    pub fn kill9(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill();
        }
    }

    /// Runs another command of the binary with the same configuration, and gives what it printed.
    pub fn run(&self, arguments: &[&str]) -> Result<String, ServerError> {
        let output = self.output(arguments)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(ServerError::Failed {
            command: arguments.join(" "),
            status: output.status.to_string(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs another command of the binary with the same configuration, however it ends.
    pub fn output(&self, arguments: &[&str]) -> io::Result<Output> {
        self.command(arguments).stdin(Stdio::null()).output()
    }

    /// Runs another command as [`Self::output`], with this on its standard input.
    pub fn output_of_input(&self, arguments: &[&str], input: &str) -> io::Result<Output> {
        let piped = Stdio::piped;
        let mut process = self.command(arguments).stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
        if let Some(mut standard_input) = process.stdin.take() {
            standard_input.write_all(input.as_bytes())?;
        }
        process.wait_with_output()
    }

    /// Makes a client, as an operator would: `riverbank client create ID --json`.
    pub fn create_client(&self, client_id: &str) -> Result<Credentials, ServerError> {
        let printed = self.run(&["client", "create", client_id, "--json"])?;
        serde_json::from_str(&printed).map_err(|error| {
            ServerError::Io(io::Error::other(format!("`client create --json` printed {printed:?}: {error}")))
        })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RIVERBANK_")) {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .current_dir(self.directory.path())
            .env("RIVERBANK_DATABASE_URL", self.database_url())
            .env("RIVERBANK_SANDBOX", self.options.sandbox.to_string())
            .env("RIVERBANK_CONTROL_KEY", CONTROL_KEY)
            .env("RIVERBANK_LOG_FORMAT", "pretty")
            .envs(self.options.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

impl Running {
    fn signal(&self, signal: Signal) -> io::Result<()> {
        let pid = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw).expect("a process id");
        Ok(kill_process(pid, signal)?)
    }

    fn kill(&mut self) {
        // It may have ended by itself, and then there is nothing left to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill9();
    }
}

fn await_listening(lines: &Receiver<String>) -> Result<String, &'static str> {
    loop {
        match lines.recv_timeout(START_LIMIT) {
            Ok(line) => {
                if let Some(url) = line.strip_prefix(LISTENING) {
                    return Ok(url.trim_end_matches('/').to_owned());
                }
            }
            Err(RecvTimeoutError::Timeout) => return Err("no `listening on` line in time"),
            Err(RecvTimeoutError::Disconnected) => return Err("ended without listening"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_is_looked_for_in_the_target_directory_of_the_running_program() {
        assert_eq!(beside(Path::new("/t/debug/deps/main-1a2b")), Path::new("/t/debug/riverbank"));
        assert_eq!(beside(Path::new("/t/debug/xtask")), Path::new("/t/debug/riverbank"));
    }

    #[test]
    fn a_missing_binary_is_an_error_that_says_what_to_build() {
        let missing = ServerOptions { binary: Some("no-such-binary".into()), ..ServerOptions::default() };
        let Err(error) = Server::start(missing) else { panic!("it started") };
        assert!(error.to_string().contains("cargo build -p riverbank"), "{error}");
    }

    #[test]
    fn what_never_listens_is_an_error_with_all_that_it_wrote() {
        let echo = ServerOptions { binary: Some("/bin/echo".into()), ..ServerOptions::default() };
        let Err(ServerError::NotListening { log, .. }) = Server::start(echo) else { panic!("it started") };
        assert_eq!(log, "serve --listen 127.0.0.1:0\n");
    }
}
