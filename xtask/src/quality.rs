//! `cargo xtask quality`: how good the data is, over the labelled sets.

use crate::Outcome;
use crate::process::{cargo, run};

/// Measures, prints and writes docs/quality.md; fails if a target is not reached.
pub fn quality() -> Outcome {
    let package = ["--package", "riverbank-enrich", "--features", "quality", "--example", "quality"];
    run(cargo().args(["run", "--release", "--quiet"]).args(package))
}
