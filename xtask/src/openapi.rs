//! `cargo xtask openapi`: the committed document follows the handlers.

use std::fs;
use std::process::Command;

use crate::Outcome;
use crate::process::{build, read, workspace};

pub fn run(check: bool) -> Outcome {
    let path = workspace().join("openapi/nexus.json");
    let generated = read(Command::new(build()?).arg("openapi"))?;
    let committed = fs::read_to_string(&path).unwrap_or_default();
    if generated == committed {
        println!("openapi/nexus.json is what the handlers say");
        return Ok(());
    }
    if check {
        return Err(
            "openapi/nexus.json is not what the handlers say; run `cargo xtask openapi` and commit it".into(),
        );
    }
    fs::write(&path, generated)?;
    println!("openapi/nexus.json written");
    Ok(())
}
