//! A temporary PostgreSQL, from the machine's own binaries.
//!
//! The server's parent is a shell that waits at the end of a pipe from this process: whatever way this process ends,
//! the server is stopped and its folder deleted.

use std::env;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use thiserror::Error;

use crate::ports;

/// How often the server is asked whether it has started or stopped.
const LOOK: Duration = Duration::from_millis(10);
/// How many looks it is given: 60 seconds.
const LOOKS: u32 = 6_000;
/// The authority's certificate in a cluster's folder.
const AUTHORITY: &str = "authority.pem";
/// Where Debian puts the binaries, in a folder for each major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Starts the server, then does what it is told, line by line; at the end of its input it stops the server and
/// deletes the folder. The signals that a terminal sends to all its processes are left to the one that started it.
const KEEPER: &str = r#"
trap '' HUP INT TERM
folder=$1; shift
"$@" >>"$folder/log" 2>&1 & server=$!
while read -r word; do
    case $word in
        start) "$@" >>"$folder/log" 2>&1 & server=$! ;;
        *) kill -s "$word" "$server" && wait "$server" ;;
    esac
done
kill -s QUIT "$server" && wait "$server"
rm -rf "$folder"
"#;

/// Why there is no temporary PostgreSQL.
#[derive(Debug, Error)]
pub enum ClusterError {
    /// The machine has no PostgreSQL server.
    #[error("no PostgreSQL server on this machine: install one, on Debian with `apt-get install postgresql`")]
    NotInstalled,
    /// One of its programs failed.
    #[error("{program} failed: {output}")]
    Program {
        /// Which.
        program: &'static str,
        /// What it said.
        output: String,
    },
    /// The server did not come up, or did not go down, in time.
    #[error("the PostgreSQL server did not {what} in time; it says: {log}")]
    Late {
        /// What was waited for.
        what: &'static str,
        /// Its log.
        log: String,
    },
    /// A file or a process could not be made.
    #[error("PostgreSQL could not be set up: {0}")]
    System(#[from] io::Error),
}

/// How a cluster is run.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClusterOptions {
    /// Whether a commit waits for the disk, as in earnest. Tests seldom need it; measurements do.
    pub durable: bool,
    /// Connections at most; none is plenty.
    pub connections: Option<u32>,
    /// Whether it offers TLS, with a certificate for the name `localhost` (not for the address) of an authority of its
    /// own: see [`PostgresCluster::authority`].
    pub tls: bool,
}

/// A running server with a folder of its own; both are gone when this is dropped, or the process ends.
#[derive(Debug)]
pub struct PostgresCluster {
    keeper: Child,
    binaries: PathBuf,
    folder: PathBuf,
    port: u16,
    databases: AtomicU32,
}

impl PostgresCluster {
    /// Starts a server that forgets on a power cut, and is faster for it.
    pub fn start() -> Result<Self, ClusterError> {
        Self::start_with(ClusterOptions::default())
    }

    /// Starts a server.
    pub fn start_with(options: ClusterOptions) -> Result<Self, ClusterError> {
        let binaries = binaries().ok_or(ClusterError::NotInstalled)?;
        let user = unprivileged()?;
        let folder = tempfile::Builder::new().prefix("riverbank-postgres-").tempdir()?;
        if let Some((user, group)) = user {
            chown(folder.path(), Some(user), Some(group))?;
        }
        let data = folder.path().join("data");
        let mut initdb = as_user(&binaries.join("initdb"), user);
        initdb.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        succeed("initdb", initdb.arg(&data).output()?)?;
        // From here on the keeper deletes the folder.
        let folder = folder.keep();
        let port = ports::spare()?.port();
        let mut keeper = as_user(Path::new("/bin/sh"), user);
        keeper.args(["-c", KEEPER, "sh"]).arg(&folder).arg(binaries.join("postgres")).arg("-D").arg(&data);
        keeper.args([
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            &format!("port={port}"),
            "-c",
            &format!("max_connections={}", options.connections.unwrap_or(200)),
        ]);
        keeper.args(["-c", &format!("unix_socket_directories={}", folder.display())]);
        if options.tls {
            certify(&folder, user)?;
            let file = |name| format!("ssl_{name}_file={}", folder.join(name).display());
            keeper.args(["-c", "ssl=on", "-c", &file("cert"), "-c", &file("key")]);
        }
        if !options.durable {
            keeper.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
            // It would come when it likes, hold locks, and change how queries are planned.
            keeper.args(["-c", "autovacuum=off"]);
        }
        let keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let cluster = Self { keeper, binaries, folder, port, databases: AtomicU32::new(0) };
        cluster.wait("start", || cluster.is_ready())?;
        Ok(cluster)
    }

    /// The one of this process, started when it is first asked for and left running until the process ends.
    pub fn shared() -> Result<&'static Self, &'static ClusterError> {
        static SHARED: OnceLock<Result<PostgresCluster, ClusterError>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref()
    }

    /// Makes an empty database; gives its address.
    pub fn create_database(&self) -> Result<String, ClusterError> {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("riverbank_{number}");
        let mut createdb = Command::new(self.binaries.join("createdb"));
        createdb.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "postgres", &name]);
        succeed("createdb", createdb.output()?)?;
        Ok(format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    /// Runs one of the programs that come with the server, such as `pg_dump`; gives what it printed.
    pub fn run(&self, program: &'static str, arguments: &[&str]) -> Result<String, ClusterError> {
        succeed(program, Command::new(self.binaries.join(program)).args(arguments).output()?)
    }

    /// Stops the server as its operator would for a restart: connections are cut, what is committed is kept.
    pub fn stop(&mut self) -> Result<(), ClusterError> {
        self.tell("INT")?;
        self.wait("stop", || !self.folder.join("data/postmaster.pid").exists())
    }

    /// Starts the server again after [`PostgresCluster::stop`], at the same address.
    pub fn start_again(&mut self) -> Result<(), ClusterError> {
        self.tell("start")?;
        self.wait("start", || self.is_ready())
    }

    /// Where the server keeps its data.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The PEM file of the authority that signed the server's certificate.
    pub fn authority(&self) -> PathBuf {
        self.folder.join(AUTHORITY)
    }

    fn tell(&mut self, word: &str) -> Result<(), ClusterError> {
        match &mut self.keeper.stdin {
            Some(pipe) => Ok(writeln!(pipe, "{word}")?),
            None => Err(io::Error::from(io::ErrorKind::BrokenPipe).into()),
        }
    }

    /// The server writes its state into the eighth line of this file.
    fn is_ready(&self) -> bool {
        let state = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap_or_default();
        state.lines().nth(7).is_some_and(|line| line.trim() == "ready")
    }

    fn wait(&self, what: &'static str, reached: impl Fn() -> bool) -> Result<(), ClusterError> {
        for _ in 0..LOOKS {
            if reached() {
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(ClusterError::Late { what, log })
    }
}

impl Drop for PostgresCluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The keeper does not outlive its server, and the server was told to end at once.
        let _ = self.keeper.wait();
    }
}

/// Makes an authority, and a certificate for `localhost` that it signs.
fn certify(folder: &Path, user: Option<(u32, u32)>) -> Result<(), ClusterError> {
    let made = || -> Result<[(&str, String); 3], rcgen::Error> {
        let authority_key = KeyPair::generate()?;
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, authority_key)?;
        let key = KeyPair::generate()?;
        let certificate = CertificateParams::new(["localhost".to_owned()])?.signed_by(&key, &authority)?;
        Ok([(AUTHORITY, authority.pem()), ("cert", certificate.pem()), ("key", key.serialize_pem())])
    };
    for (name, text) in made().map_err(io::Error::other)? {
        let path = folder.join(name);
        fs::write(&path, text)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        if let Some((user, group)) = user {
            chown(&path, Some(user), Some(group))?;
        }
    }
    Ok(())
}

/// The folder of the newest server on this machine.
fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut debian: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| Some((version.file_name().to_str()?.parse().ok()?, version.path().join("bin"))))
        .collect();
    debian.sort();
    let debian = debian.into_iter().rev().map(|(_, folder)| folder);
    let path = env::var_os("PATH").unwrap_or_default();
    let complete =
        |folder: &PathBuf| ["initdb", "postgres", "createdb"].iter().all(|name| folder.join(name).is_file());
    debian.chain(env::split_paths(&path)).find(complete)
}

/// Whom the server runs as: PostgreSQL refuses to run as root.
fn unprivileged() -> Result<Option<(u32, u32)>, ClusterError> {
    let id = |args: &[&str]| -> Result<u32, ClusterError> {
        let output = Command::new("id").args(args).output()?;
        let text = succeed("id", output)?;
        text.trim().parse().map_err(|_| ClusterError::Program { program: "id", output: text })
    };
    if id(&["-u"])? != 0 {
        return Ok(None);
    }
    let name = if id(&["-u", "postgres"]).is_ok() { "postgres" } else { "nobody" };
    Ok(Some((id(&["-u", name])?, id(&["-g", name])?)))
}

fn as_user(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    // A folder that the other user may stand in.
    command.current_dir("/");
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}

fn succeed(program: &'static str, output: Output) -> Result<String, ClusterError> {
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let words = [output.stdout, output.stderr].concat();
    Err(ClusterError::Program { program, output: String::from_utf8_lossy(&words).into_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_stops_starts_again_and_leaves_nothing_behind() {
        let mut cluster = PostgresCluster::start().unwrap();
        assert!(cluster.create_database().unwrap().starts_with("postgres://postgres@127.0.0.1:"));
        cluster.stop().unwrap();
        assert!(cluster.create_database().is_err());
        cluster.start_again().unwrap();
        cluster.create_database().unwrap();
        let folder = cluster.folder.clone();
        drop(cluster);
        assert!(!folder.exists());
    }
}
