//! `cargo xtask bench`: the release server beside its peers. `cargo xtask soak`: the same, loaded for long.

use std::fs;
use std::process::Command;

use crate::Outcome;
use crate::process::{cargo, run, succeeds, workspace};
use crate::requirements::{self, BENCH, SOAK};
use crate::steps::Steps;

/// Servers that mock the same contract; from npm.
const MOCKS: [&str; 2] = ["@stoplight/prism-cli@5.14.2", "@mockoon/cli@9.9.0"];

/// Builds what is measured and what measures, and runs it with these arguments.
pub fn run_with(arguments: &[String]) -> Outcome {
    let mut steps = Steps::new(3);
    steps.begin("What the measurements need");
    requirements::install(&BENCH)?;
    requirements::install_judges()?;
    install_mocks()?;
    measure(&mut steps, arguments)
}

/// Builds a server and soaks it.
pub fn soak(minutes: u64, postgres: bool) -> Outcome {
    let mut steps = Steps::new(3);
    steps.begin("What a soak needs");
    requirements::install(&SOAK)?;
    let section = if postgres { "soak-postgres" } else { "soak" };
    measure(&mut steps, &["--only".into(), section.into(), "--minutes".into(), minutes.to_string()])
}

fn measure(steps: &mut Steps, arguments: &[String]) -> Outcome {
    steps.begin("Release build");
    run(cargo().args(["build", "--release", "--package", "riverbank", "--package", "riverbank-bench"]))?;
    steps.begin("Measurements");
    run(Command::new(workspace().join("target/release/riverbank-bench")).arg("run").args(arguments))
}

/// Into a directory of the workspace, where there is npm; without it their rows say that they are missing.
fn install_mocks() -> Outcome {
    let folder = workspace().join("target/bench/npm");
    let installed = folder.join("installed");
    let wanted = MOCKS.join("\n");
    if fs::read_to_string(&installed).is_ok_and(|present| present == wanted) {
        return Ok(());
    }
    if !succeeds(Command::new("npm").arg("--version")) {
        println!("  no npm on this machine: Prism and Mockoon are left out");
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&folder).args(MOCKS);
    run(&mut npm)?;
    Ok(fs::write(installed, wanted)?)
}
