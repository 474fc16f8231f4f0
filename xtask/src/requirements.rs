//! What the tests need beside Rust, and how it is installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::process::{read, run, succeeds, workspace};

/// A program of the system that tests use.
struct Requirement {
    what: &'static str,
    /// The Debian package that holds it.
    package: &'static str,
    is_there: fn() -> bool,
}

const REQUIREMENTS: [Requirement; 2] = [
    Requirement { what: "PostgreSQL's server programs", package: "postgresql", is_there: has_postgresql },
    Requirement { what: "Python with its venv module", package: "python3-venv", is_there: has_python },
];

/// The outside judge of what the OFX connector sends.
const OFXTOOLS: &str = "ofxtools==0.9.5";

/// Installs what is missing: system packages as root, Python's in a directory of the workspace.
pub fn install() -> Outcome {
    let missing: Vec<_> = REQUIREMENTS.iter().filter(|requirement| !(requirement.is_there)()).collect();
    if !missing.is_empty() {
        let packages: Vec<_> = missing.iter().map(|requirement| requirement.package).collect();
        if !may_install() {
            let what: Vec<_> = missing.iter().map(|requirement| requirement.what).collect();
            return Err(format!(
                "the tests need {}; on Debian: sudo apt-get install {}",
                what.join(" and "),
                packages.join(" ")
            )
            .into());
        }
        run(apt_get().arg("update"))?;
        run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
    }
    judge(&workspace().join("target/venv"))
}

/// A virtual environment with the OFX judge in it.
fn judge(environment: &Path) -> Outcome {
    let python = environment.join("bin/python");
    if succeeds(Command::new(&python).args(["-c", "import ofxtools"])) {
        return Ok(());
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(environment))?;
    run(Command::new(python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        OFXTOOLS,
    ]))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("--quiet").env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn may_install() -> bool {
    succeeds(Command::new("apt-get").arg("--version"))
        && read(Command::new("id").arg("--user")).is_ok_and(|id| id.trim() == "0")
}

fn has_postgresql() -> bool {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut candidates = debian.map(|version| version.path().join("bin/initdb"));
    candidates.any(|initdb| initdb.is_file()) || succeeds(Command::new("initdb").arg("--version"))
}

/// `ensurepip` is what Debian leaves out of Python without `python3-venv`.
fn has_python() -> bool {
    succeeds(Command::new("python3").args(["-c", "import ensurepip, venv"]))
}
