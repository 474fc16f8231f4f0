//! A server in a process of its own.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::Outcome;
use crate::stopwatch::Stopwatch;

/// The longest that a server may take from its start to its first answer.
const START_LIMIT: Duration = Duration::from_mins(2);
/// The gap between two looks whether it answers.
const LOOK: Duration = Duration::from_millis(2);

/// Killed when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    address: String,
}

impl Process {
    /// Starts a server that is told its port by these arguments, and waits until it answers `path`.
    pub fn start(command: &mut Command, port: u16, path: &str) -> Outcome<Self> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let mut process = Self { child, address: format!("127.0.0.1:{port}") };
        let since = Stopwatch::start();
        while !answers(&process.address, path) {
            if let Some(status) = process.child.try_wait()? {
                return Err(format!("{} ended with {status}", command.get_program().display()).into());
            }
            if since.elapsed() > START_LIMIT {
                return Err(format!("{} does not answer {path}", command.get_program().display()).into());
            }
            thread::sleep(LOOK);
        }
        Ok(process)
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it holds in memory.
    pub fn resident(&self) -> Outcome<f64> {
        resident(self.child.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on at the moment.
pub fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// What a process holds in memory, in MiB.
pub fn resident(process: u32) -> Outcome<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let kibibytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    let kibibytes: f64 = kibibytes.ok_or("no VmRSS in /proc")?.parse()?;
    Ok(kibibytes / 1_024.0)
}

/// Whether a GET is answered with a success.
pub fn answers(address: &str, path: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(START_LIMIT))?;
        let accept = "application/vnd.mx.nexus.v1+json, application/json;q=0.9";
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: {accept}\r\nMD-SESSION-TOKEN: t\r\nConnection: close\r\n\r\n"
        )?;
        let mut status = [0; 10];
        stream.read_exact(&mut status)?;
        Ok(status.starts_with(b"HTTP/1.1 2"))
    };
    ask().unwrap_or(false)
}
