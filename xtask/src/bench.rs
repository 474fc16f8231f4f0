//! `cargo xtask bench`: the release server beside its peers. `cargo xtask soak`: the same, loaded for long.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::process::{cargo, run, succeeds, workspace};
use crate::requirements::{self, BENCH, SOAK};
use crate::steps::Steps;

/// Servers that mock the same contract; from npm.
const MOCKS: [&str; 2] = ["@stoplight/prism-cli@5.14.2", "@mockoon/cli@9.9.0"];

/// How npm installs.
const INSTALL: [&str; 4] = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
/// The page around MX's widget, and what serves it.
const WIDGET: [&str; 6] =
    ["package.json", "index.html", "main.js", "serve.mjs", "public/page.css", "public/logo.svg"];

/// Builds what is measured and what measures, and runs it with these arguments.
pub fn run_with(arguments: &[String]) -> Outcome {
    let mut steps = Steps::new(3);
    steps.begin("What the measurements need");
    requirements::install(&BENCH)?;
    requirements::install_judges()?;
    install_mocks()?;
    build_widget()?;
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
    let wanted = MOCKS.join("\n");
    once(&folder, wanted.as_bytes(), || {
        let mut npm = Command::new("npm");
        npm.args(INSTALL).arg("--prefix").arg(&folder).args(MOCKS);
        run(&mut npm)
    })
}

/// MX's own widget on the smallest page, beside which the pages are measured.
fn build_widget() -> Outcome {
    let (folder, source) = (workspace().join("target/bench/widget"), workspace().join("bench/widget"));
    let mut wanted = Vec::new();
    for file in WIDGET {
        wanted.extend(fs::read(source.join(file))?);
    }
    once(&folder, &wanted, || {
        fs::create_dir_all(folder.join("public"))?;
        for file in WIDGET {
            fs::copy(source.join(file), folder.join(file))?;
        }
        run(Command::new("npm").args(INSTALL).current_dir(&folder))?;
        run(Command::new("npx").args(["vite", "build", "--logLevel", "error"]).current_dir(&folder))
    })
}

/// Installs what comes from npm, unless it was installed from the same before.
fn once(folder: &Path, wanted: &[u8], install: impl FnOnce() -> Outcome) -> Outcome {
    let installed = folder.join("installed");
    if fs::read(&installed).is_ok_and(|present| present == wanted) {
        return Ok(());
    }
    if !succeeds(Command::new("npm").arg("--version")) {
        println!("  no npm on this machine: what comes from it is left out of {}", folder.display());
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    install()?;
    Ok(fs::write(installed, wanted)?)
}
