//! `cargo xtask openapi`: the committed documents follow the handlers.

use std::fs;
use std::process::Command;

use crate::Outcome;
use crate::process::{build, read, workspace};

/// The documents, each with what the server is told to print it.
const DOCUMENTS: [(&str, &[&str]); 2] =
    [("openapi/nexus.json", &["openapi"]), ("openapi/control.json", &["openapi", "--control"])];

pub fn run(check: bool) -> Outcome {
    let server = build()?;
    for (name, arguments) in DOCUMENTS {
        let path = workspace().join(name);
        let generated = read(Command::new(&server).args(arguments))?;
        let committed = fs::read_to_string(&path).unwrap_or_default();
        if generated == committed {
            println!("{name} is what the handlers say");
        } else if check {
            return Err(format!(
                "{name} is not what the handlers say; run `cargo xtask openapi` and commit it"
            )
            .into());
        } else {
            fs::write(&path, generated)?;
            println!("{name} written");
        }
    }
    Ok(())
}
