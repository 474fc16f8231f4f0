//! `cargo xtask fuzz`: the programs of `fuzz/`, one after another.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::process::{cargo, run, succeeds, workspace};

/// An input that takes longer has been found; far more than any should take on a busy machine.
const SECONDS_OF_AN_INPUT: u32 = 60;
/// Memory of a program, over which an input has been found.
const MEGABYTES: u32 = 4096;

/// Runs each target for so many minutes, or the one that is named. What is found lies in `fuzz/artifacts`.
pub fn fuzz(minutes: u32, target: Option<&str>) -> Outcome {
    let targets = targets()?;
    let chosen: Vec<_> = targets.iter().filter(|name| target.is_none_or(|target| *name == target)).collect();
    if chosen.is_empty() {
        return Err(format!("there is no such target: choose one of {}", targets.join(", ")).into());
    }
    if !succeeds(cargo().args(["fuzz", "--version"])) {
        return Err("cargo-fuzz is not installed: cargo install cargo-fuzz".into());
    }
    // The versions that the workspace is tested with.
    fs::copy(workspace().join("Cargo.lock"), workspace().join("fuzz/Cargo.lock"))?;
    let built = workspace().join("target/fuzz");
    for name in chosen {
        // What is found lies apart, so that the saved inputs stay few.
        let found = built.join("corpus").join(name);
        fs::create_dir_all(&found)?;
        let saved = workspace().join("fuzz/corpus").join(name);
        run(cargo()
            // The sanitizer's flags belong to the nightly compiler otherwise.
            .env("RUSTC_BOOTSTRAP", "1")
            .args(["fuzz", "run", name, "--target-dir"])
            .arg(&built)
            .arg(&found)
            .arg(&saved)
            // libFuzzer does not follow the links among the saved inputs to what other tests use.
            .args(folders(&saved)?)
            .arg("--")
            .arg(format!("-max_total_time={}", minutes.saturating_mul(60)))
            .arg(format!("-timeout={SECONDS_OF_AN_INPUT}"))
            .arg(format!("-rss_limit_mb={MEGABYTES}")))?;
    }
    Ok(())
}

/// The folders within.
fn folders(within: &Path) -> Outcome<Vec<PathBuf>> {
    let entries: Vec<_> = fs::read_dir(within)?.collect::<Result<_, _>>()?;
    Ok(entries.iter().map(DirEntry::path).filter(|path| path.is_dir()).collect())
}

/// The names of the programs, in order.
fn targets() -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for program in fs::read_dir(workspace().join("fuzz/fuzz_targets"))? {
        names.extend(program?.path().file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}
