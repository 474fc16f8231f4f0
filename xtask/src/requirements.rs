//! What the tests and the measurements need beside Rust, and how it is installed.

use std::fs;
use std::process::Command;

use crate::Outcome;
use crate::process::{read, run, succeeds, workspace};

/// A program of the system.
pub struct Requirement {
    what: &'static str,
    /// The Debian package that holds it.
    package: &'static str,
    is_there: fn() -> bool,
}

const POSTGRESQL: Requirement =
    Requirement { what: "PostgreSQL's server programs", package: "postgresql", is_there: has_postgresql };
const COMPILER: Requirement = Requirement { what: "a C compiler", package: "gcc", is_there: has_compiler };
const CURL: Requirement = Requirement { what: "curl", package: "curl", is_there: || has_program("curl") };
const PYTHON: Requirement =
    Requirement { what: "Python with its venv module", package: "python3-venv", is_there: has_python };
const NODE: Requirement = Requirement {
    what: "Node.js",
    package: "nodejs",
    is_there: || succeeds(Command::new("node").arg("--version")),
};
const NPM: Requirement =
    Requirement { what: "npm", package: "npm", is_there: || succeeds(Command::new("npm").arg("--version")) };
const CHROMIUM: Requirement =
    Requirement { what: "Chromium", package: "chromium", is_there: || has_program("chromium") };
const CHROMEDRIVER: Requirement = Requirement {
    what: "Chromium's driver",
    package: "chromium-driver",
    is_there: || has_program("chromedriver"),
};
const WRK: Requirement =
    Requirement { what: "the load generator wrk", package: "wrk", is_there: || has_program("wrk") };
const VALGRIND: Requirement =
    Requirement { what: "valgrind with callgrind", package: "valgrind", is_there: has_valgrind };
const LIBOFX: Requirement =
    Requirement { what: "libofx's ofxdump", package: "ofx", is_there: || has_program("ofxdump") };

/// What the tests need.
pub const TESTS: [Requirement; 9] =
    [POSTGRESQL, COMPILER, CURL, PYTHON, NODE, NPM, CHROMIUM, CHROMEDRIVER, LIBOFX];
/// What the measurements need. PostgreSQL brings pgbench.
pub const BENCH: [Requirement; 7] = [POSTGRESQL, PYTHON, WRK, VALGRIND, LIBOFX, CHROMIUM, CHROMEDRIVER];
/// What a soak needs, whichever the database.
pub const SOAK: [Requirement; 1] = [POSTGRESQL];

/// The outside judges: of what the OFX connector sends, of what the API answers, of how webhooks are signed, and of
/// pages.
const JUDGES: &str = "xtask/python-packages.txt";
/// Those that are written in JavaScript: a package that needs them, and its lock, which pins all that they need.
const NODE_JUDGES: [&str; 2] = ["package.json", "package-lock.json"];

/// Ends well if each package of the file is there in its version.
const ARE_THERE: &str = "
import sys
from importlib.metadata import version
lines = [line.strip() for line in open(sys.argv[1]) if '==' in line]
sys.exit(any(version(name) != pinned for name, pinned in (line.split('==') for line in lines)))
";

/// Installs the packages of those that are missing, as root.
pub fn install(requirements: &[Requirement]) -> Outcome {
    let missing: Vec<_> = requirements.iter().filter(|requirement| !(requirement.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing.iter().map(|requirement| requirement.package).collect();
    if !may_install() {
        let what: Vec<_> = missing.iter().map(|requirement| requirement.what).collect();
        let (what, packages) = (what.join(" and "), packages.join(" "));
        return Err(format!("this needs {what}; on Debian: sudo apt-get install {packages}").into());
    }
    run(apt_get().arg("update"))?;
    run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(&packages))
}

/// Installs the outside judges in directories of the workspace.
pub fn install_judges() -> Outcome {
    install_python_judges()?;
    install_node_judges()
}

/// In a virtual environment.
fn install_python_judges() -> Outcome {
    let (environment, packages) = (workspace().join("target/venv"), workspace().join(JUDGES));
    let python = environment.join("bin/python");
    if succeeds(Command::new(&python).args(["-c", ARE_THERE]).arg(&packages)) {
        return Ok(());
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(environment))?;
    let install =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"];
    run(Command::new(python).args(install).arg(packages))
}

/// In a directory of modules, beside the lock that they were installed by.
fn install_node_judges() -> Outcome {
    let (directory, mark) = (workspace().join("target/npm"), "installed.json");
    let [package, lock] = NODE_JUDGES.map(|name| workspace().join("xtask/npm").join(name));
    let wanted = fs::read(&lock)?;
    if fs::read(directory.join(mark)).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    fs::create_dir_all(&directory)?;
    for (name, file) in NODE_JUDGES.iter().zip([package, lock]) {
        fs::copy(file, directory.join(name))?;
    }
    let install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    run(Command::new("npm").args(install).current_dir(&directory))?;
    Ok(fs::write(directory.join(mark), wanted)?)
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

/// Whether a program can be started, however it ends: not all of them end well when asked for their version.
fn has_program(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok()
}

fn has_valgrind() -> bool {
    has_program("valgrind") && has_program("callgrind_control")
}

/// The disk that fails on demand is made with it.
fn has_compiler() -> bool {
    succeeds(Command::new("cc").arg("--version"))
}

/// `ensurepip` is what Debian leaves out of Python without `python3-venv`.
fn has_python() -> bool {
    succeeds(Command::new("python3").args(["-c", "import ensurepip, venv"]))
}
