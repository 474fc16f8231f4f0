//! A disk that fails when a test says so, under a server that is none the wiser.
//!
//! A small library in C is compiled with the machine's own compiler and loaded into the server before the C library: so
//! it works for every user on every file system.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::server::ServerOptions;

const SOURCE: &str = include_str!("disk/faults.c");

/// What a disk may do wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing more can be written.
    Full,
    /// Half of a page is written, and then the disk is full.
    Torn,
    /// Half of what is asked for is written at once: no failure, if who writes goes on.
    Short,
    /// What was written cannot be made durable.
    Sync,
    /// Nothing can be read.
    Read,
}

impl Fault {
    fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Torn => "torn",
            Self::Short => "short",
            Self::Sync => "sync",
            Self::Read => "read",
        }
    }
}

/// The disk under the database files of one server.
#[derive(Debug)]
pub struct Disk {
    folder: TempDir,
}

impl Disk {
    /// A disk without a fault.
    pub fn new() -> io::Result<Self> {
        let folder = TempDir::with_prefix("riverbank-disk-")?;
        let source = folder.path().join("faults.c");
        fs::write(&source, SOURCE)?;
        let disk = Self { folder };
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(disk.library()).arg(source);
        let missing = |error| io::Error::other(format!("the tests need a C compiler named cc: {error}"));
        let outcome = compiler.output().map_err(missing)?;
        if !outcome.status.success() {
            let words = String::from_utf8_lossy(&outcome.stderr).into_owned();
            return Err(io::Error::other(words));
        }
        Ok(disk)
    }

    /// Puts the SQLite database of a server on this disk.
    #[must_use]
    pub fn under(&self, options: ServerOptions) -> ServerOptions {
        options
            .with("LD_PRELOAD", self.library().display().to_string())
            .with("DISK_FAULTS", self.word_file().display().to_string())
            .with("DISK_FAULTS_ON", "/riverbank.db")
    }

    /// Fails so from now on.
    pub fn fail(&self, fault: Fault) -> io::Result<()> {
        // At once, as the server reads it.
        let draft = self.folder.path().join("draft");
        fs::write(&draft, fault.word())?;
        fs::rename(draft, self.word_file())
    }

    /// Works again.
    pub fn heal(&self) -> io::Result<()> {
        fs::remove_file(self.word_file())
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("faults.so")
    }

    fn word_file(&self) -> PathBuf {
        self.folder.path().join("faults")
    }
}
