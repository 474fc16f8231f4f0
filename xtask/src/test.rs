//! `cargo xtask test`: everything, in one run.

use std::process::Command;

use crate::Outcome;
use crate::process::{self, cargo, succeeds};
use crate::requirements::{self, TESTS};
use crate::steps::Steps;

/// Runs the examples of the documentation, then all tests; the test runner's closing lines come last. The tests
/// themselves go through both databases.
pub fn run() -> Outcome {
    let mut steps = Steps::new(3);
    steps.begin("What the tests need");
    requirements::install(&TESTS)?;
    requirements::install_judges()?;
    steps.begin("Examples in the documentation");
    process::run(cargo().args(["test", "--workspace", "--doc", "--quiet"]))?;
    steps.begin("Tests");
    process::run(&mut runner())
}

/// nextest where it is installed, Cargo's own runner elsewhere. Both build the binary that the tests start.
fn runner() -> Command {
    let mut command = cargo();
    if succeeds(cargo().args(["nextest", "--version"])) {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        command.args(["test", "--workspace", "--no-fail-fast", "--all-targets"]);
    }
    command
}
